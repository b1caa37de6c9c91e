using Xunit;

namespace Settle.Tests.Local;

/// <summary>Lists say what the chain says, whatever their filter and however they are cut into pages.</summary>
public sealed class ListTests
{
    private static readonly string?[] Accounts = [null, "Alex", "Shop", "Payee", "@world", "nobody"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Transfers_are_filtered_as_a_reader_of_the_chain_would(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed);
        var random = new Random(seed);
        var times = lived.Past.Times.ToArray();
        for (var i = 0; i < 150; i++)
        {
            var query = new TransferQuery
            {
                Account = Accounts[random.Next(Accounts.Length)],
                Status = random.Next(3) switch { 0 => EntryStatus.Successful, 1 => EntryStatus.Rejected, _ => null },
                From = random.Next(2) == 0 ? null : Near(random, times),
                To = random.Next(2) == 0 ? null : Near(random, times),
                Limit = random.Next(1, 40),
            };
            var told = await Paged.TransfersAsync(lived.Ledger, query);
            Assert.Equal(lived.Past.Transfers(query), told.Select(transfer => transfer.Id));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Small_pages_give_together_what_one_large_page_gives(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 200);
        await AssertPagesFitAsync(lived);
    }

    [Fact]
    public async Task A_transaction_in_many_assets_is_cut_into_pages_like_anything_else()
    {
        await using var lived = await LivedLedger.LiveAsync(6, 40);
        for (var each = 0; each < 3; each++)
        {
            for (var asset = 0; asset < 30; asset++) await lived.Ledger.DeclareAssetAsync($"a{asset}", 0);
            await lived.Ledger.TransactAsync(new TransactionRequest
            {
                Postings = [.. Enumerable.Range(0, 30).Select(asset => new Posting
                    { From = "@world", To = "Rich", Amount = Minor(1 + asset), Asset = $"a{asset}" })],
            });
            await lived.Ledger.TransferAsync(new TransferRequest { From = "@world", To = "Rich", Amount = Minor(1) });
        }
        await AssertPagesFitAsync(lived);
    }

    [Fact]
    public async Task Entries_are_the_movements_that_the_chain_made()
    {
        await using var lived = await LivedLedger.LiveAsync(7);
        foreach (var account in Accounts.OfType<string>())
        {
            var told = await Paged.EntriesAsync(lived.Ledger, account, 1000);
            // Rows of one entry in several assets have no order among themselves.
            var lines = told.GroupBy(entry => (entry.Block, entry.Id))
                .SelectMany(rows => rows.Select(row => $"{row.Id} {row.Asset} {row.Amount.Units} {row.Balance.Units}")
                    .Order(StringComparer.Ordinal));
            Assert.Equal(lived.Past.Movements(account), lines);
        }
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_though_more_was_settled_meanwhile()
    {
        await using var lived = await LivedLedger.LiveAsync(8, 100);
        var before = await Paged.EntriesAsync(lived.Ledger, "Alex", 1000);
        var paged = new List<AccountEntry>();
        string? after = null;
        do
        {
            var page = await lived.Ledger.ListEntriesAsync("Alex", new EntryQuery { Limit = 3, After = after });
            paged.AddRange(page.Items);
            after = page.Next;
            await lived.Ledger.TransferAsync(new TransferRequest { From = "@world", To = "Alex", Amount = Minor(1) });
        }
        while (after is not null);
        Assert.Equal(before, paged);
    }

    [Theory]
    [InlineData("{\"l\":5,\"a\":\"Alex\",\"k\":-1}")]
    [InlineData("{\"l\":5,\"a\":\"Alex\",\"k\":2147483647}")]
    public async Task A_cursor_that_nobody_was_given_is_refused(string cursor)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        var after = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(cursor));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.ListEntriesAsync("Alex", new EntryQuery { After = after }));
    }

    [Fact]
    public async Task Any_time_may_bound_a_list()
    {
        await using var lived = await LivedLedger.LiveAsync(9, 20);
        var all = await Paged.TransfersAsync(lived.Ledger, new TransferQuery());
        Assert.NotEmpty(all);
        foreach (var time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch])
        {
            Assert.Empty(await Paged.TransfersAsync(lived.Ledger, new TransferQuery { To = time }));
            Assert.Equal(all.Count, (await Paged.TransfersAsync(lived.Ledger, new TransferQuery { From = time })).Count);
        }
        Assert.Empty(await Paged.TransfersAsync(lived.Ledger, new TransferQuery { From = DateTimeOffset.MaxValue }));
        Assert.Equal(all.Count,
            (await Paged.TransfersAsync(lived.Ledger, new TransferQuery { To = DateTimeOffset.MaxValue })).Count);
    }

    private static async Task AssertPagesFitAsync(LivedLedger lived)
    {
        var ledger = lived.Ledger;
        var accounts = await Paged.AccountsAsync(ledger, 1000);
        for (var limit = 1; limit <= 7; limit++)
        {
            Assert.Equal(accounts, await Paged.AccountsAsync(ledger, limit));
            foreach (var account in (string[])["Alex", "Rich", "@world"])
            {
                Assert.Equal(await Paged.EntriesAsync(ledger, account, 1000),
                    await Paged.EntriesAsync(ledger, account, limit));
            }
            foreach (var account in (string?[])[null, "Alex", "@world"])
            {
                foreach (var status in (string?[])[null, "rejected"])
                {
                    var query = new TransferQuery { Account = account, Status = status is null ? null : Words<EntryStatus>.Parse(status), Limit = 1000 };
                    var whole = await Paged.TransfersAsync(ledger, query);
                    var pages = await Paged.TransfersAsync(ledger, query with { Limit = limit });
                    Assert.Equal(whole.Select(LedgerAnswers.Text), pages.Select(LedgerAnswers.Text));
                }
            }
        }
    }

    private static DateTimeOffset Near(Random random, DateTimeOffset[] times) =>
        times[random.Next(times.Length)].AddTicks(random.Next(-11, 12));
}
