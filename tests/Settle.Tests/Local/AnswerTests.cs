using System.Text.Json;
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

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public async Task While_another_process_writes_an_answer_is_what_reading_its_block_gives(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Ledger.OpenAsync(directory.File("bank.db"));
        await ledger.InitializeAsync("EUR");
        await using var other = await Ledger.OpenAsync(directory.File("bank.db"));
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await other.TransferAsync("@world", "other", Money.Of(1));
        });
        await new AskedAndRead(ledger, seed, isShared: true).LiveAsync(Steps / 3);
        await done.CancelAsync();
        await writing;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task At_one_of_several_sites_an_answer_is_what_reading_gives(int seed)
    {
        using var files = await Sites.SiteFiles.MakeAsync("north");
        await using var ledger = await files.OpenAsync("main");
        await new AskedAndRead(ledger, seed).LiveAsync(Steps / 3);
        foreach (var ask in (Func<Task<Site>>[])
        [
            () => ledger.Sites.SuspendAsync("north", "suspend"),
            () => ledger.Sites.EndAsync("north", "end"),
            () => ledger.Sites.AddAsync(new SiteRequest { Id = "add", Name = "south", Prefix = "south:" }),
        ])
        {
            foreach (var _ in (bool[])[false, true])
            {
                var told = await ask();
                var read = (await ledger.Sites.ListAsync()).Single(site => site.Name == told.Name);
                Assert.Equal(JsonSerializer.Serialize(read), JsonSerializer.Serialize(told));
            }
        }
    }

    [Fact]
    public async Task A_site_that_retires_is_answered_as_reading_gives_it()
    {
        using var files = await Sites.SiteFiles.MakeAsync("north");
        await using var north = await files.OpenAsync("north");
        var zoe = await north.PutAccountAsync(new AccountRequest
            { Account = "north:Zoe", Overdraft = Overdraft.Of(Minor(500)), Owners = ["Zoe"] });
        Assert.Equal(JsonSerializer.Serialize(await north.GetAccountAsync("north:Zoe")), JsonSerializer.Serialize(zoe));
        var told = await north.Sites.RetireAsync();
        var read = (await north.Sites.ListAsync()).Single(site => site.IsOwn);
        Assert.Equal(JsonSerializer.Serialize(read), JsonSerializer.Serialize(told));
    }

    [Fact]
    public async Task A_run_answers_with_the_invoices_as_it_made_them_although_others_pay_them_at_once()
    {
        await using var ledger = Ledger.InMemory();
        await Invoicing.MonthEnd.PrepareAsync(ledger, 600, 1);
        using var done = new CancellationTokenSource();
        var paying = Task.Run(async () =>
        {
            await foreach (var entry in ledger.FollowAsync())
            {
                using var json = JsonDocument.Parse(entry.Body);
                if (json.RootElement.GetProperty("type").ValueEquals("invoice"))
                {
                    await ledger.Billing.PayAsync(new PaymentRequest
                        { Invoice = json.RootElement.GetProperty("number").GetString(), Amount = Minor(1) });
                }
                if (done.IsCancellationRequested) return;
            }
        });
        var run = await ledger.Billing.InvoiceAsync(
            new InvoiceRunRequest { Id = "october", Through = Invoicing.MonthEnd.Through });
        Assert.Equal(600, run.Invoices.Count);
        Assert.All(run.Invoices, invoice => Assert.Equal((invoice.Amount, false), (invoice.Open, invoice.Replayed)));
        await done.CancelAsync();
        await ledger.TransferAsync("@world", "ann", Money.Of(1));
        await paying;
    }

    [Fact]
    public async Task In_a_file_a_repeat_that_is_spelled_in_another_way_is_answered_as_it_was_recorded()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Ledger.OpenAsync(directory.File("bank.db"));
        await RepeatsAsRecordedAsync(ledger);
    }

    [Fact]
    public async Task From_a_server_a_repeat_that_is_spelled_in_another_way_is_answered_as_it_was_recorded()
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await RepeatsAsRecordedAsync(ledger);
        using var answer = await server.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t-0","from":"@world","to":"ann","amount":5,"timestamp":"2025-01-01T01:00:00+01:00"}""");
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"timestamp\":\"2025-01-01T00:00:00Z\"", body, StringComparison.Ordinal);
        Assert.Contains("\"replayed\":true", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_run_that_is_made_again_on_another_day_keeps_its_date()
    {
        var clock = new Rules.ManualClock();
        await using var ledger = await MemoryLedger.OpenAsync(clock: clock);
        await Invoicing.MonthEnd.PrepareAsync(ledger, 1, 1);
        var request = new InvoiceRunRequest { Id = "october", Through = Invoicing.MonthEnd.Through };
        var run = await ledger.Billing.InvoiceAsync(request);
        clock.Now = clock.Now.AddDays(3);
        var again = await ledger.Billing.InvoiceAsync(request);
        Assert.Equal((run.Date, run.Invoices[0].Number, true),
            (again.Date, again.Invoices[0].Number, again.Invoices[0].Replayed));
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

    private static async Task RepeatsAsRecordedAsync(ILedger ledger)
    {
        var utc = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var berlin = utc.ToOffset(TimeSpan.FromHours(1));
        foreach (var (time, replayed) in ((DateTimeOffset, bool)[])[(utc, false), (berlin, true)])
        {
            // Many at once share a request to a server.
            var transfers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ledger.TransferAsync(
                new TransferRequest { Id = $"t-{i}", From = "@world", To = "ann", Amount = Minor(5), Timestamp = time })));
            var hold = await ledger.HoldAsync(new HoldRequest
                { Id = "h", From = "@world", To = "ann", Amount = Minor(5), Timestamp = time });
            var transaction = await ledger.TransactAsync(new TransactionRequest
            {
                Id = "x", Postings = [new Posting { From = "@world", To = "ann", Amount = Minor(5) }], Timestamp = time,
            });
            Assert.All([.. transfers.Select(each => (each.Timestamp, each.Replayed)),
                (hold.Timestamp, hold.Replayed), (transaction.Timestamp, transaction.Replayed)], told =>
                Assert.Equal((utc, TimeSpan.Zero, replayed),
                    (told.Timestamp!.Value, told.Timestamp.Value.Offset, told.Replayed)));
            foreach (var each in transfers)
                Assert.Equal(await ledger.GetTransferAsync(each.Id), each with { Replayed = false, NewAccounts = null });
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
