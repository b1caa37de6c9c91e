using Settle.Tests.Cli;
using Settle.Tests.Client;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A whole ledger in a database.</summary>
[Collection<SharedCouch>]
public sealed class CouchLedgerTests(CouchFixture couch)
{
    // The first transfer declares the default asset too.
    private const int Declarations = 1;

    [Fact]
    public async Task A_ledger_is_made_used_and_found_again()
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync())
        {
            await ledger.TransferAsync(Pay("t-1", "@world", "Zo\u00eb \u201cZ\u201d/:+\ud83d\ude00", 500));
            await Assert.ThrowsAsync<InsufficientFundsException>(
                () => ledger.TransferAsync(Pay("t-2", "Alex", "Dave", 1)));
        }
        await using var again = await place.OpenAsync();
        Assert.True((await again.TransferAsync(
            Pay("t-1", "@world", "Zo\u00eb \u201cZ\u201d/:+\ud83d\ude00", 500))).Replayed);
        var report = await VerifyAsync(place);
        Assert.True(report.IsClean);
        Assert.Equal(2 + Declarations, report.Entries);
    }

    [Fact]
    public async Task The_command_line_works_on_a_database()
    {
        using var place = couch.NewDatabase();
        var absent = await CommandRun.OnAsync(place.Location, "balance");
        Assert.Equal(3, absent.Status);
        Assert.Contains("settle init", absent.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(place.Location, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(place.Location, "transfer", "@world", "Alex", "12.50");
        var balance = await CommandRun.DoneAsync(place.Location, "balance", "Alex", "--json");
        Assert.Contains("1250", balance.Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(place.Location, "verify");
    }

    [Fact]
    public async Task A_changed_block_is_found()
    {
        using var place = couch.NewDatabase();
        await using (var ledger = await place.OpenAsync())
            await ledger.TransferAsync(Pay("t-1", "@world", "Alex", 500));
        // The design document would not let it pass; a block may be changed where there is none.
        using (var admin = place.AsAdmin())
        {
            var revision = admin.Get("_design/settle")["_rev"];
            admin.Send(HttpMethod.Delete, $"_design/settle?rev={revision}");
        }
        using var read = place.Send(HttpMethod.Get, "/block%3Amain%3A000000000001");
        var block = await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        place.Send(HttpMethod.Put, "/block%3Amain%3A000000000001",
            block.Replace(",500]]", ",900]]", StringComparison.Ordinal)).Dispose();
        var report = await VerifyAsync(place);
        Assert.Contains(report.Faults, fault => fault.Height == 1);
        await Assert.ThrowsAsync<StoreCorruptException>(() => place.OpenAsync());
    }

    [Fact]
    public async Task Two_writers_on_one_database_decide_each_id_once_and_keep_all_money()
    {
        const int ids = 60;
        using var place = couch.NewDatabase();
        await using var first = await place.OpenAsync();
        await using var second = await place.OpenAsync(place.LocationAt(place.Nodes[^1]));
        var told = await Task.WhenAll(new[] { first, second, first, second }.Select(
            (ledger, caller) => Task.Run(() => SendAllAsync(ledger, ids, new Random(caller)))));
        for (var number = 0; number < ids; number++)
            Assert.Single(told.Select(verdicts => verdicts[number]).Distinct());
        Assert.Contains(told[0].Values, verdict => !verdict.IsSuccessful);
        Assert.Contains(told[0].Values, verdict => verdict.IsSuccessful);
        await using var reader = await place.OpenAsync();
        var balances = await reader.ListBalancesAsync();
        Assert.Equal(0, balances.Aggregate((Int128)0, (sum, each) => sum + each.Amount.Units));
        Assert.All(balances, each => Assert.True(each.Account == "@world" || !each.Amount.IsNegative));
        var report = await VerifyAsync(place);
        Assert.True(report.IsClean);
        Assert.Equal(ids + Declarations, report.Entries);
    }

    [Fact]
    public async Task A_lost_answer_is_found_out_and_nothing_happens_twice()
    {
        using var place = couch.NewDatabase();
        await using var proxy = new LossyProxy(place.Server);
        var losses = 0;
        await using (var ledger = await place.OpenAsync(place.LocationAt(proxy.Address)))
        {
            // Every second write is passed on, and its answer dropped.
            proxy.OnRequest = text =>
            {
                if (text.StartsWith("PUT ", StringComparison.Ordinal) && ++losses % 2 == 1)
                    proxy.LoseAnswers(1);
                return Task.CompletedTask;
            };
            for (var number = 0; number < 10; number++)
                await ledger.TransferAsync(Pay($"t-{number}", "@world", "Alex", 10));
            Assert.Equal(100, await BalanceAsync(ledger, "Alex"));
        }
        Assert.True(proxy.AnswersLost >= 5);
        var report = await VerifyAsync(place);
        Assert.True(report.IsClean);
        Assert.Equal((10 + Declarations, 10), (report.Entries, report.Blocks));
    }

    [Fact]
    public async Task What_was_acknowledged_outlives_the_server_and_work_goes_on_after_it()
    {
        Assert.SkipUnless(File.Exists(CouchServer.Program), "pouchdb-server is not installed");
        await using var server = new CouchServer();
        await server.StartAsync();
        var place = new CouchPlace(server.Address, "bank");
        await using var ledger = await place.OpenAsync();
        await ledger.TransferAsync(Pay("t-1", "@world", "Alex", 10));
        await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => ledger.TransferAsync(Pay("t-2", "@world", "Alex", 10)));
        await server.StartAsync();
        await ledger.TransferAsync(Pay("t-2", "@world", "Alex", 10));
        Assert.Equal(20, await BalanceAsync(ledger, "Alex"));
        var report = await VerifyAsync(place);
        Assert.True(report.IsClean);
        Assert.Equal(2 + Declarations, report.Entries);
        place.Dispose();
    }

    private static async Task<Dictionary<int, (bool IsSuccessful, long Block)>> SendAllAsync(
        ILedger ledger, int ids, Random random)
    {
        var order = Enumerable.Range(0, ids).ToArray();
        random.Shuffle(order);
        var told = new Dictionary<int, (bool, long)>();
        foreach (var number in order)
        {
            try
            {
                // Some bring money in, the others try to spend more than that.
                var request = number % 3 == 0
                    ? Pay($"t-{number}", "@world", "Alex", 10)
                    : Pay($"t-{number}", "Alex", "Dave", 8);
                told[number] = (true, (await ledger.TransferAsync(request)).Block);
            }
            catch (RejectedException e)
            {
                told[number] = (false, e.Block);
            }
        }
        return told;
    }

    private static async Task<Int128> BalanceAsync(ILedger ledger, string account) =>
        (await ledger.ListBalancesAsync()).Single(each => each.Account == account).Amount.Units;

    private static TransferRequest Pay(string id, string from, string to, long amount) =>
        new() { Id = id, From = from, To = to, Amount = Minor(amount) };

    private static Task<VerificationReport> VerifyAsync(CouchPlace place) =>
        LedgerVerification.VerifyAsync(
            place.Location, new LedgerOptions { CacheFolder = place.Cache });
}
