using Settle.Chain;
using Settle.Stores;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Settling;

/// <summary>What stands on a chain, read with nothing of the ledgers that wrote it.</summary>
internal sealed class WrittenChain
{
    public CoreLedger Ledger { get; } = new();

    /// <summary>Each id's verdict and height.</summary>
    public Dictionary<string, (RefusalCode Refusal, long Height)> Verdicts { get; } = [];

    /// <summary>Reads all blocks: links, times, floors and totals hold at every height, no id stands twice.</summary>
    public static async Task<WrittenChain> ReadAsync(IStore store)
    {
        var chain = new WrittenChain();
        var prev = BlockHash.None;
        foreach (var document in await store.ReadAsync("", "~", int.MaxValue, CancellationToken.None))
        {
            var block = BlockDocument.Parse(document.Id, document.Body, keepsBytes: true);
            Assert.Equal(chain.Ledger.Blocks.Count + 1, block.Header.Height);
            Assert.Equal(prev, block.Header.Prev);
            prev = block.Header.Hash;
            chain.Ledger.Apply(block);
            chain.Read(block);
            chain.CheckTotals();
        }
        return chain;
    }

    private void Read(BlockDocument block)
    {
        var batch = new RequestBatch();
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            batch.Clear();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            Assert.True(Verdicts.TryAdd(batch.Text(batch[0].Id), (batch[0].Refusal, block.Header.Height)),
                $"{batch.Text(batch[0].Id)} was decided twice");
        }
    }

    private void CheckTotals()
    {
        var sums = new Dictionary<int, Int128>();
        for (var number = 0; number < Ledger.Book.PositionCount; number++)
        {
            var position = Ledger.Book.Position(number);
            sums[position.Asset] = sums.GetValueOrDefault(position.Asset) + position.Balance;
            Assert.True(position.Floor == Position.NoFloor || position.Available >= position.Floor);
        }
        Assert.All(sums.Values, sum => Assert.Equal(0, sum));
    }
}
