using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>A chain with all kinds of entries and its index, lived through once and copied for each test.</summary>
public sealed class IndexedChain : IAsyncLifetime
{
    internal const int RowsMax = 64;
    // So many that sixteen runs were merged into one and others came after it.
    internal const int Requests = 1300;

    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryStore _store = new();
    private readonly ManualClock _clock = new();
    private RandomLife _life = null!;

    internal string Expected { get; private set; } = "";

    internal DateTimeOffset Now => _clock.Now;

    public async ValueTask InitializeAsync()
    {
        _life = new RandomLife(7, _clock);
        await using (var ledger = await MemoryLedger.OpenAsync(_store, _directory.File("index"), RowsMax, _clock))
            await _life.LiveAsync(ledger, Requests);
        await using var plain = await MemoryLedger.OpenAsync(_store, _clock);
        Expected = await LedgerAnswers.OfAsync(plain);
        Assert.True(Directory.GetFiles(_directory.File("index")).Length >= 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    internal async Task<IReadOnlyList<Document>> BlocksAsync() =>
        await _store.ReadAsync("", "~", int.MaxValue, CancellationToken.None);

    internal void CopyIndex(string to) => CopyFolder(_directory.File("index"), to);

    /// <summary>The same requests to come, and the same ones told.</summary>
    internal RandomLife Life(ManualClock clock) => _life.Copy(clock);

    internal static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
