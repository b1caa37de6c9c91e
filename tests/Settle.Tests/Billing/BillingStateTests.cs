using Settle.Billing;
using Settle.Chain;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The state of billing can be taken back, saved and loaded at every step.</summary>
public sealed class BillingStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_block_that_is_taken_back_leaves_no_trace(int entriesPerBlock)
    {
        var ledger = new CoreLedger();
        var time = 1L;
        foreach (var block in Requests().Chunk(entriesPerBlock))
        {
            var before = Text(ledger.Book);
            Settle(ledger, block, ++time);
            var after = Text(ledger.Book);
            ledger.Undo();
            Assert.Equal(before, Text(ledger.Book));
            Settle(ledger, block, time);
            Assert.Equal(after, Text(ledger.Book));
        }
    }

    [Fact]
    public void What_was_saved_is_what_is_loaded_and_goes_on()
    {
        var requests = Requests().ToList();
        for (var cut = 1; cut < requests.Count; cut++)
        {
            var ledger = new CoreLedger();
            Settle(ledger, requests.Take(cut), 1);
            ledger.Commit();
            var loaded = BookText.Load(BookText.Save(ledger.Book));
            Assert.Equal(Text(ledger.Book), Text(loaded));
            Settle(ledger, requests.Skip(cut), 2);
            var expected = Text(ledger.Book);
            ledger.Undo();
            ledger.Replace(loaded);
            Settle(ledger, requests.Skip(cut), 2);
            Assert.Equal(expected, Text(ledger.Book));
        }
    }

    [Fact]
    public void Readers_see_nothing_of_a_block_that_is_not_durable()
    {
        var ledger = new CoreLedger();
        var requests = Requests().ToList();
        Settle(ledger, requests.Take(19), 1);
        ledger.Commit();
        var billing = ledger.Book.Billing;
        var before = Durable(billing);
        Settle(ledger, requests.Skip(19).Take(6), 2);
        Settle(ledger, requests.Skip(25), 3);
        Assert.Equal(before, Durable(billing));
        Assert.NotEqual(0, billing.Invoices.Count);
        ledger.Commit();
        ledger.Commit();
        Assert.Equal(billing.Invoices.Count, billing.Invoices.DurableCount);
        Assert.NotEqual(before, Durable(billing));
    }

    private static void Settle(CoreLedger ledger, IEnumerable<byte[]> requests, long time)
    {
        ledger.Begin(time);
        foreach (var json in requests)
        {
            var batch = new RequestBatch();
            EntryReader.Read(json, batch);
            batch[0].Reset(batch);
            ledger.Settle(batch);
        }
        ledger.End();
    }

    /// <summary>The entries of the golden block, to be asked for again.</summary>
    private static IEnumerable<byte[]> Requests()
    {
        var golden = File.ReadAllBytes(Path.Combine(
            Repository.Root, "tests/Settle.Tests/Chain/Golden/version-3.golden.json"));
        var block = BlockDocument.Parse("block:main:000000000001", golden, keepsBytes: true);
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var length = EntryReader.Read(block.Body.Span[at..], new RequestBatch());
            yield return block.Body.Slice(at, length).ToArray();
            at += length;
        }
    }

    private static string Text(Book book)
    {
        using var bytes = new MemoryStream();
        book.Billing.Save(part => bytes.Write(part));
        return BookText.Of(book) + Convert.ToHexString(bytes.ToArray());
    }

    private static string Durable(BillingBook book)
    {
        var lines = new List<string> { $"{book.DurableSeller?.Series} {book.Customers.DurableCount}" };
        for (var i = 0; i < book.Accounts.DurableCount; i++)
        {
            lines.Add($"{book.Accounts.Durable(i).Credit} "
                + string.Join(' ', book.OpenNow(i).Select(at => book.Charges[at].Amount)));
        }
        for (var i = 0; i < book.Invoices.DurableCount; i++)
            lines.Add($"{book.NumberOf(book.Invoices.Durable(i))} {book.Invoices.Durable(i).Open}");
        return string.Join('\n', lines);
    }
}
