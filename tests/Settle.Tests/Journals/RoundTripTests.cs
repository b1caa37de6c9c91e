using Settle.Cli;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>
/// What a random ledger exports gives the same terms and balances in a new one, and changes nothing
/// where it comes from, nor where it has been imported.
/// </summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Accounts = ["a", "b", "c", "=d", "e, \"f\"", "g h", "'=i", "-j"];
    private static readonly string[] Assets = ["USD", "EUR", "JPY", "points"];

    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    private string Copy => _folder.File("copy.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task An_export_is_imported_with_all_terms_and_then_changes_nothing(int seed)
    {
        await FillAsync(seed);
        await ExportAsync();
        await CommandRun.DoneAsync(Copy, "init");
        await CommandRun.DoneAsync(Copy, "asset", "points", "--scale", "0");
        await ImportAsync(Copy);

        Assert.Equal(await LedgerTerms.OfAsync(Bank), await LedgerTerms.OfAsync(Copy));
        await AssertChangesNothingAsync(Bank);
        await AssertChangesNothingAsync(Copy);
        await CommandRun.DoneAsync(Copy, "verify");
    }

    [Fact]
    public async Task It_is_the_same_through_a_server()
    {
        await FillAsync(6);
        await using var server = new SettleProcess(
            "serve", "--ledger", Bank, "--ledger", Copy, "--listen", "127.0.0.1:0");
        var line = await server.WaitForLineAsync("http://");
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('/');
        await ExportAsync($"{address}/bank");
        await CommandRun.DoneAsync($"{address}/copy", "init");
        await CommandRun.DoneAsync($"{address}/copy", "asset", "points", "--scale", "0");
        await ImportAsync($"{address}/copy");

        Assert.Equal(await LedgerTerms.OfAsync($"{address}/bank"), await LedgerTerms.OfAsync($"{address}/copy"));
        await AssertChangesNothingAsync($"{address}/bank");
        await AssertChangesNothingAsync($"{address}/copy");
    }

    [Fact]
    public async Task Invoices_and_payments_are_movements_in_another_ledger_and_known_in_their_own()
    {
        await using (var ledger =
            await Ledger.OpenAsync(Bank, cancellationToken: TestContext.Current.CancellationToken))
            await CoworkingSample.MakeAsync(ledger, TestContext.Current.CancellationToken);
        await ExportAsync();
        await CommandRun.DoneAsync(Copy, "init", "--asset", "EUR");
        await ImportAsync(Copy);

        Assert.Equal(await LedgerTerms.OfAsync(Bank), await LedgerTerms.OfAsync(Copy));
        await AssertChangesNothingAsync(Bank);
        await AssertChangesNothingAsync(Copy);
    }

    /// <summary>Wherever it stopped, importing again gives the terms of the export.</summary>
    [Fact]
    public async Task An_import_that_stopped_before_its_last_terms_is_finished_by_another()
    {
        await FillAsync(7);
        await ExportAsync();
        await CommandRun.DoneAsync(Copy, "init");
        await CommandRun.DoneAsync(Copy, "asset", "points", "--scale", "0");
        // The accounts are as they are while the transfers come, and some have come.
        var rows = await File.ReadAllLinesAsync(_folder.File("t.csv"), TestContext.Current.CancellationToken);
        var part = Array.FindLastIndex(rows, rows.Length / 2, row => row.EndsWith(','));
        await File.WriteAllLinesAsync(_folder.File("part.csv"), rows[..(part + 1)], TestContext.Current.CancellationToken);
        await CommandRun.OnAsync(Copy, "import", _folder.File("part.csv"), "--accounts", _folder.File("a.csv"));
        await ImportAsync(Copy);

        Assert.Equal(await LedgerTerms.OfAsync(Bank), await LedgerTerms.OfAsync(Copy));
    }

    private Task<CommandRun> ExportAsync(string? ledger = null) => CommandRun.DoneAsync(ledger ?? Bank,
        "export", "--format", "csv", "--output", _folder.File("t.csv"), "--accounts", _folder.File("a.csv"));

    private Task<CommandRun> ImportAsync(string ledger) => CommandRun.DoneAsync(
        ledger, "import", _folder.File("t.csv"), "--accounts", _folder.File("a.csv"));

    private async Task AssertChangesNothingAsync(string ledger)
    {
        var before = (await CommandRun.DoneAsync(ledger, "info", "--json")).Output;
        Assert.Contains("nothing to change", (await ImportAsync(ledger)).Output, StringComparison.Ordinal);
        Assert.Equal(before, (await CommandRun.DoneAsync(ledger, "info", "--json")).Output);
    }

    private async Task FillAsync(int seed)
    {
        var random = new Random(seed);
        await using var ledger =
            await Ledger.OpenAsync(Bank, cancellationToken: TestContext.Current.CancellationToken);
        await ledger.DeclareAssetAsync("points", 0, TestContext.Current.CancellationToken);
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            try
            {
                await DoAsync(ledger, random, i);
            }
            catch (RejectedException)
            {
                refused++;
            }
        }
        // An export has none of those.
        Assert.InRange(refused, 20, 300);
    }

    private static Task DoAsync(ILedger ledger, Random random, int i) => random.Next(10) switch
    {
        0 => ledger.PutAccountAsync(Terms(random), TestContext.Current.CancellationToken),
        1 => ledger.TransactAsync(new TransactionRequest
        {
            Id = $"x{i}",
            Postings = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Posting
            {
                From = "@world", To = Any(random, Accounts), Amount = Amount(random),
            }).SelectMany(first => new[] { first, new Posting
            {
                From = first.To, To = first.To + "2", Amount = first.Amount,
            } })],
            Memo = random.Next(2) == 0 ? "=1+1" : null,
        }, TestContext.Current.CancellationToken),
        2 => ledger.HoldAsync(new HoldRequest
        {
            Id = $"h{i}", From = Any(random, Accounts), To = Any(random, Accounts) + "2", Amount = Amount(random),
        }, TestContext.Current.CancellationToken),
        3 => ledger.CaptureAsync(new CaptureRequest { Id = $"c{i}", Hold = $"h{random.Next(i + 1)}" },
            TestContext.Current.CancellationToken),
        4 => ledger.RevertAsync(new RevertRequest { Id = $"r{i}", Reverts = $"{Any(random, ["x", "t"])}{random.Next(i + 1)}" },
            TestContext.Current.CancellationToken),
        _ => ledger.TransferAsync(new TransferRequest
        {
            Id = $"t{i}",
            From = random.Next(3) == 0 ? "@world" : Any(random, Accounts),
            To = Any(random, Accounts) + Any(random, ["", "2"]),
            Amount = Amount(random),
            Timestamp = random.Next(3) == 0 ? Time($"2026-0{random.Next(1, 10)}-11T08:00:00+02:00") : null,
            Meta = random.Next(3) == 0 ? new Dictionary<string, string> { ["k"] = $"{i}, \"q\"" } : null,
        } is var transfer && transfer.From == transfer.To ? transfer with { To = "z" } : transfer,
            TestContext.Current.CancellationToken),
    };

    private static AccountRequest Terms(Random random) => new()
    {
        Account = Any(random, Accounts) + Any(random, ["", "2"]),
        Asset = Any(random, Assets),
        Overdraft = random.Next(3) switch
        {
            0 => Overdraft.Unlimited, 1 => Overdraft.Of(Minor(random.Next(20_000))), _ => null,
        },
        Ceiling = random.Next(4) switch
        {
            0 => Ceiling.None, 1 => Ceiling.Of(Minor(random.Next(90_000))), _ => null,
        },
        Closed = random.Next(6) switch { 0 => true, 1 or 2 => false, _ => null },
        Owners = random.Next(3) == 0 ? [$"u{random.Next(3)}", "ann, b"] : null,
        Meta = random.Next(3) == 0 ? new Dictionary<string, string> { ["m"] = $"={random.Next(3)}" } : null,
    };

    private static Money Amount(Random random) => Minor(random.Next(1, 5_000), Any(random, Assets));

    private static T Any<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
