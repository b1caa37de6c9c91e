using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>A process may end at any moment of writing its index: what lies there then does no harm.</summary>
public sealed class IndexKillTests : IDisposable
{
    private const int RowsMax = 48;

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_index_left_at_any_moment_is_taken_up_again()
    {
        await using var inner = new MemoryStore();
        var folder = _directory.File("index");
        var copies = new List<string>();
        var calls = 0;
        var store = new UnreliableStore(inner);
        var life = new RandomLife(3, _clock);
        await using (var ledger = await MemoryLedger.OpenAsync(store, folder, RowsMax, _clock))
        {
            // Runs are written on another thread, so the copies catch files half written.
            store.OnCreate = _ =>
            {
                if (++calls % 6 == 0 && Directory.Exists(folder)) copies.Add(Copy(folder));
                return new(StoreFault.None);
            };
            await life.LiveAsync(ledger, 400);
        }
        await using var plain = await MemoryLedger.OpenAsync(inner, _clock);
        var expected = await LedgerAnswers.OfAsync(plain);
        Assert.True(copies.Count > 20);
        foreach (var copy in copies)
        {
            await using var ledger = await MemoryLedger.OpenAsync(inner, copy, RowsMax, _clock);
            Assert.Equal(expected, await LedgerAnswers.OfAsync(ledger));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_index_with_any_files_missing_is_made_whole_again(int seed)
    {
        var random = new Random(seed);
        await using var inner = new MemoryStore();
        var life = new RandomLife(seed, _clock);
        var folder = _directory.File("index");
        await using (var ledger = await MemoryLedger.OpenAsync(inner, folder, RowsMax, _clock))
            await life.LiveAsync(ledger, 300);
        await using var plain = await MemoryLedger.OpenAsync(inner, _clock);
        var expected = await LedgerAnswers.OfAsync(plain);
        for (var tries = 0; tries < 5; tries++)
        {
            var copy = Copy(folder);
            foreach (var file in Directory.GetFiles(copy))
                if (random.Next(3) == 0) File.Delete(file);
            await using var ledger = await MemoryLedger.OpenAsync(inner, copy, RowsMax, _clock);
            Assert.Equal(expected, await LedgerAnswers.OfAsync(ledger));
            Assert.Null(await life.FindForgottenAsync(ledger));
        }
    }

    private string Copy(string folder)
    {
        var copy = _directory.File(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(folder))
        {
            try
            {
                using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var to = File.Create(Path.Combine(copy, Path.GetFileName(file)));
                from.CopyTo(to);
            }
            catch (IOException)
            {
                // Being written, or just deleted: in this copy it is missing.
                File.Delete(Path.Combine(copy, Path.GetFileName(file)));
            }
        }
        return copy;
    }
}
