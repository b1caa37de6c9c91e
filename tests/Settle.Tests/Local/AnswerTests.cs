using Settle.Stores.Memory;
using Settle.Tests.Server;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// The answer of a write equals what reading it gives, for every kind of entry, new and repeated,
/// wherever the ledger lives.
/// </summary>
[Collection<SharedCouch>]
public sealed class AnswerTests(CouchFixture couch)
{
    private const int Steps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_a_file_an_answer_is_what_reading_gives(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Ledger.OpenAsync(directory.File("bank.db"));
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task With_an_index_in_many_runs_an_answer_is_what_reading_gives(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 16);
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Theory]
    [InlineData(6)]
    public async Task From_a_server_an_answer_is_what_reading_gives(int seed)
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Fact]
    public async Task A_repeat_is_answered_with_what_was_decided_and_with_what_became_of_it()
    {
        await using var ledger = Ledger.InMemory();
        var limits = new AccountRequest { Id = "a-1", Account = "ann", Overdraft = Overdraft.Of(Minor(100)), Owners = ["ann"] };
        var opened = await ledger.PutAccountAsync(limits);
        await ledger.PutAccountAsync(new AccountRequest { Account = "ann", Overdraft = Overdraft.Of(Minor(200)), Closed = true, Owners = [] });
        var again = await ledger.PutAccountAsync(limits);
        Assert.Equal((opened.Height, opened.Closed, opened.Balances[0]), (again.Height, again.Closed, again.Balances[0]));
        Assert.Equal(["ann"], again.Owners!);

        var hold = new HoldRequest { Id = "h-1", From = "ann", To = "bob", Amount = Minor(5) };
        await ledger.PutAccountAsync(new AccountRequest { Account = "ann", Closed = false });
        Assert.Equal(HoldState.Open, (await ledger.HoldAsync(hold)).State);
        await ledger.CaptureAsync(new CaptureRequest { Hold = "h-1" });
        Assert.Equal((HoldState.Captured, true), ((await ledger.HoldAsync(hold)).State, (await ledger.HoldAsync(hold)).Replayed));
    }

    [Fact]
    public async Task A_repeat_in_billing_is_answered_with_what_was_decided_and_with_what_became_of_it()
    {
        await using var ledger = Ledger.InMemory();
        var billing = ledger.Billing;
        await Invoicing.MonthEnd.PrepareAsync(ledger, 1, 1);
        var (end, later) = (new DateOnly(2027, 1, 31), new DateOnly(2027, 2, 28));
        var desk = new SubscriptionRequest
            { Id = "s-1", Subscription = "desk-9", Customer = "c0", Amount = Minor(5), Description = "desk", Start = new DateOnly(2026, 12, 1) };
        Assert.Null((await billing.SubscribeAsync(desk)).End);
        Assert.Equal(end, (await billing.EndSubscriptionAsync("desk-9", end, "e-1")).End);
        Assert.Equal(later, (await billing.EndSubscriptionAsync("desk-9", later, "e-2")).End);
        Assert.Equal(later, (await billing.EndSubscriptionAsync("desk-9", end, "e-1")).End);
        Assert.Equal(later, (await billing.SubscribeAsync(desk)).End);
        var charge = new ChargeRequest
            { Id = "c-1", Customer = "c0", Amount = Minor(500), Description = "coffee", Date = Invoicing.MonthEnd.Through };
        Assert.Null((await billing.ChargeAsync(charge)).Invoice);
        var run = await billing.InvoiceAsync(new InvoiceRunRequest { Through = Invoicing.MonthEnd.Through });
        Assert.Equal(run.Invoices[0].Number, (await billing.ChargeAsync(charge)).Invoice);
    }

    [Fact]
    public async Task Accounts_that_change_at_once_are_each_answered_with_their_own_terms()
    {
        await using var ledger = Ledger.InMemory();
        await ledger.InitializeAsync("EUR");
        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => Task.Run(() =>
            ledger.PutAccountAsync(new AccountRequest
                { Account = "ann", Overdraft = Overdraft.Of(Minor(i)), Owners = [$"owner {i}"] }))));
        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal(i, (long)answers[i - 1].Balances[0].Overdraft.Limit.Units);
            Assert.Equal([$"owner {i}"], answers[i - 1].Owners!);
        }
    }

    [Theory]
    [InlineData(7)]
    public async Task In_a_database_an_answer_is_what_reading_gives(int seed)
    {
        using var place = couch.NewDatabase();
        await using var ledger = await place.OpenAsync();
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }
}
