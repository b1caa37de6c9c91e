using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Invoicing;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>What was decided answers: nobody has to read it back.</summary>
public sealed class UnreadAnswerTests
{
    [Fact]
    public async Task No_new_write_reads_a_block_or_a_document_for_its_answer()
    {
        await using var store = new WatchedStore(new MemoryStore());
        await using var watched = await OpenAsync(store);
        await MonthEnd.PrepareAsync(watched, 2, 1);
        await RunAsync(watched);
        var reads = store.Reads;
        await watched.PutAccountAsync(new AccountRequest { Id = "a", Account = "ann" });
        var paid = await watched.TransferAsync(
            new TransferRequest { From = "@world", To = "ann", Amount = Minor(500) });
        await watched.TransactAsync(new TransactionRequest
            { Postings = [new() { From = "@world", To = "ann", Amount = Minor(5, "EUR") }] });
        var kept = await watched.HoldAsync(new HoldRequest { From = "ann", To = "bob", Amount = Minor(5) });
        var freed = await watched.HoldAsync(new HoldRequest { From = "ann", To = "bob", Amount = Minor(5) });
        var coffee = await watched.Billing.ChargeAsync(new ChargeRequest
            { Customer = "c0", Amount = Minor(5), Description = "coffee", Date = MonthEnd.Through });
        await watched.Billing.SubscribeAsync(new SubscriptionRequest
            { Subscription = "a desk", Customer = "c0", Amount = Minor(5), Description = "coffee", Start = MonthEnd.Through });
        await watched.Billing.PayAsync(new PaymentRequest { Invoice = "2026-000001", Amount = Minor(5) });
        await watched.DeclareAssetAsync("points", 0);
        Assert.Equal(reads, store.Reads);
        // What is about another entry is decided by that one, which is all that is read.
        await watched.CaptureAsync(new CaptureRequest { Hold = kept.Id });
        await watched.VoidAsync(new VoidRequest { Hold = freed.Id });
        await watched.RevertAsync(new RevertRequest { Reverts = paid.Id });
        await watched.Billing.EndSubscriptionAsync("a desk", MonthEnd.Through.AddDays(9));
        await watched.Billing.WithdrawAsync(coffee.Id, "by mistake");
        Assert.Equal(reads + 5, store.Reads);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Nothing_is_read_between_the_last_block_of_a_request_and_its_answer(int seed)
    {
        await using var store = new WatchedStore(new MemoryStore());
        await using var ledger = await OpenAsync(store);
        var unread = new UnreadAnswers(ledger, store);
        await new AskedAndRead(ledger, seed, unread: unread).LiveAsync(60);
        Assert.InRange(unread.Answers, 60, int.MaxValue);
        var strict = await unread.AskAsync(() => ledger.InitializeAsync(new LedgerRequest { Asset = "EUR", Strict = true }));
        Assert.True(strict.Strict);
        await unread.AskAsync(() => ledger.TransferBatchAsync(new TransferRequest[]
        {
            new() { From = "@world", To = "ann", Amount = Minor(5) }, new() { From = "@world", To = "eve", Amount = Minor(5) },
        }));
    }

    [Fact]
    public async Task Nothing_is_read_between_a_block_about_sites_and_its_answer()
    {
        await using var store = new WatchedStore(new MemoryStore());
        await using var ledger = await OpenAsync(store);
        var unread = new UnreadAnswers(ledger, store);
        await ledger.InitializeAsync("EUR");
        foreach (var name in (string[])["north", "south"])
        {
            var site = await unread.AskAsync(() => ledger.Sites.AddAsync(new SiteRequest { Name = name, Prefix = $"{name}:" }));
            Assert.Equal(name, site.Name);
        }
        await unread.AskAsync(() => ledger.TransferAsync("@world", "ann", Minor(500)));
        await unread.AskAsync(() => ledger.Sites.AllowAsync(
            new AllowanceRequest { Account = "ann", Site = "north", Amount = Minor(5) }));
        await unread.AskAsync(() => ledger.PutAccountAsync(
            new AccountRequest { Id = "a", Account = "ann", Overdraft = Overdraft.Of(Minor(7)) }));
        foreach (var name in (string[])["north", "south"]) await unread.AskAsync(() => ledger.Sites.SuspendAsync(name));
        await unread.AskAsync(() => ledger.Sites.EndAsync("south"));
        Assert.Equal(8, unread.Answers);
    }

    [Fact]
    public async Task An_account_is_answered_as_its_entry_left_it_whatever_else_its_block_has()
    {
        await using var ledger = await OpenAsync(new MemoryStore());
        for (var i = 0; i < 20; i++)
        {
            var opened = ledger.PutAccountAsync(
                new AccountRequest { Id = $"open-{i}", Account = $"a{i}", Overdraft = Overdraft.Of(Minor(7)) });
            var paid = ledger.TransferAsync(
                new TransferRequest { From = "@world", To = $"a{i}", Amount = Minor(500) });
            var balance = Assert.Single((await opened).Balances);
            Assert.Equal((0, 7), (balance.Balance.Units, balance.Spendable.Amount.Units));
            await paid;
        }
    }

    private static Task<InvoiceRun> RunAsync(LocalLedger ledger) => ledger.Billing.InvoiceAsync(
        new InvoiceRunRequest { Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) });

    private static Task<LocalLedger> OpenAsync(IStore store) => LocalLedger.OpenAsync(
        "unread", store, null, new LedgerOptions(), TestContext.Current.CancellationToken);
}
