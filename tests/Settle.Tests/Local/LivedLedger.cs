using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;

namespace Settle.Tests.Local;

/// <summary>A ledger with a past of all kinds of entries, much of it in runs on disk, and that past folded.</summary>
internal sealed class LivedLedger : IAsyncDisposable
{
    private const int RowsMax = 64;

    private readonly TemporaryDirectory _directory = new();

    private LivedLedger()
    {
    }

    public ManualClock Clock { get; } = new();

    public MemoryStore Store { get; } = new();

    public LocalLedger Ledger { get; private set; } = null!;

    public PlainFold Past { get; private set; } = null!;

    public static async Task<LivedLedger> LiveAsync(int seed, int requests = 300)
    {
        var lived = new LivedLedger();
        lived.Ledger = await MemoryLedger.OpenAsync(
            lived.Store, lived._directory.File("index"), RowsMax, lived.Clock);
        await new RandomLife(seed, lived.Clock).LiveAsync(lived.Ledger, requests);
        lived.Past = await PlainFold.OfAsync(lived.Ledger);
        return lived;
    }

    /// <summary>Lets the time pass by which every hold has ended.</summary>
    public void Outlive() => Clock.Now = Past.Expiries.Append(Clock.Now).Max().AddMinutes(1);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
        _directory.Dispose();
    }
}
