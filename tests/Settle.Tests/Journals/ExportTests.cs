using System.Text;
using System.Text.Json;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>
/// A ledger with everything in it, exported: the programs that read it find no fault and come to
/// the
/// same balance for every account and asset.
/// </summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly (string Code, int Scale)[] Own =
        [("points", 0), ("POINTS", 3), ("grain", 12), ("X", 1), ("a.b-c_d", 2), ("null", 4)];

    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        await using var ledger =
            await Ledger.OpenAsync(Bank, cancellationToken: TestContext.Current.CancellationToken);
        await FillAsync(ledger);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Hledger_finds_no_fault_and_comes_to_the_same_balances()
    {
        await ExportAsync("hledger");
        Balances.AssertEqual(await Balances.OfLedgerAsync(Bank),
            await Balances.OfHledgerAsync(_folder.File("out")));
    }

    [Fact]
    public async Task Beancount_finds_no_fault_and_comes_to_the_same_balances()
    {
        await ExportAsync("beancount");
        Balances.AssertEqual(await Balances.OfLedgerAsync(Bank),
            await Balances.OfBeancountAsync(_folder.File("out")));
    }

    [Theory]
    [InlineData("csv", "d-3,")]
    [InlineData("jsonl", "\"id\":\"d-3\"")]
    [InlineData("hledger", "d-3")]
    [InlineData("beancount", "d-3")]
    public async Task A_period_has_what_has_a_value_date_in_it_both_days_included(
        string format, string last)
    {
        var dated = _folder.File("dated.db");
        await using (var ledger = await Ledger.OpenAsync(
            dated, cancellationToken: TestContext.Current.CancellationToken))
        {
            foreach (var day in Enumerable.Range(1, 5))
            {
                await ledger.TransferAsync(new TransferRequest
                {
                    Id = $"d-{day}", From = "@world", To = "Alex", Amount = Money.Of(1),
                    Timestamp = new DateTimeOffset(2025, 10, day, 23, 59, 0, TimeSpan.FromHours(-8)),
                }, TestContext.Current.CancellationToken);
            }
        }
        var run = await CommandRun.DoneAsync(dated, "export", "--format", format, "--from", "2025-10-02",
            "--to", "2025-10-03", "--output", _folder.File("out"));
        Assert.Equal("2 entries to " + _folder.File("out"), run.Output.Trim());
        var text = await File.ReadAllTextAsync(_folder.File("out"), TestContext.Current.CancellationToken);
        Assert.Contains(last, text, StringComparison.Ordinal);
        foreach (var other in (string[])["d-1", "d-4", "d-5"])
            Assert.DoesNotContain(other, text, StringComparison.Ordinal);
        foreach (var (from, to, why) in ((string, string, string)[])[
            ("2025-10-03", "2025-10-02", "is before --from"), ("2025-10", "2025-10-02", "from")])
        {
            var refused = await CommandRun.OnAsync(
                dated, "export", "--format", format, "--from", from, "--to", to);
            Assert.Equal(2, refused.Status);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Csv_imports_to_the_same_balances()
    {
        await ExportAsync("csv", "--accounts", _folder.File("accounts.csv"));
        var copy = _folder.File("copy.db");
        await CommandRun.DoneAsync(copy, "init");
        foreach (var (code, scale) in Own)
            await CommandRun.DoneAsync(copy, "asset", code, "--scale", $"{scale}");

        await CommandRun
            .DoneAsync(copy, "import", _folder.File("out"), "--accounts",
                _folder.File("accounts.csv"));

        Balances.AssertEqual(await Balances.OfLedgerAsync(Bank),
            await Balances.OfLedgerAsync(copy));
        var meta = (await CommandRun.DoneAsync(copy, "show", "with-meta", "--json")).Json
            .GetProperty("entry").GetProperty("meta");
        Assert.Equal("v, \"1\"\n", meta.GetProperty("k").GetString());
        var round = (await CommandRun.DoneAsync(copy, "show", "round", "--json")).Json
            .GetProperty("entry").GetProperty("postings");
        Assert.Equal(4, round.GetArrayLength());
        Assert.Equal(await LedgerTerms.OfAsync(Bank), await LedgerTerms.OfAsync(copy));
        await AssertNothingToChangeAsync(Bank);
        await AssertNothingToChangeAsync(copy);
    }

    private async Task AssertNothingToChangeAsync(string ledger)
    {
        var before = (await CommandRun.DoneAsync(ledger, "info", "--json")).Output;
        var run = await CommandRun.DoneAsync(ledger, "import", _folder.File("out"), "--accounts",
            _folder.File("accounts.csv"));
        Assert.Contains("nothing to change", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await CommandRun.DoneAsync(ledger, "info", "--json")).Output);
    }

    [Fact]
    public async Task Json_lines_have_every_entry_with_its_block()
    {
        await ExportAsync("jsonl");
        var lines = await File
            .ReadAllLinesAsync(_folder.File("out"), TestContext.Current.CancellationToken);
        var info = (await CommandRun.DoneAsync(Bank, "info", "--json")).Json;

        Assert.Equal(info.GetProperty("entries").GetInt64(), lines.Length);
        var position = default(EntryPosition);
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var next = new EntryPosition(document.RootElement.GetProperty("block").GetInt64(),
                document.RootElement.GetProperty("index").GetInt32());
            Assert.True(next > position);
            position = next;
            Assert.True(document.RootElement.GetProperty("entry").TryGetProperty("type", out _));
            Assert.True(document.RootElement.GetProperty("time").TryGetDateTimeOffset(out _));
        }
    }

    [Theory]
    [InlineData("hledger")]
    [InlineData("beancount")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task Standard_output_gets_the_same_bytes_as_a_file(string format)
    {
        await ExportAsync(format);
        var run = await CommandRun.DoneAsync(Bank, "export", "--format", format);

        Assert.Equal(await File
            .ReadAllTextAsync(_folder.File("out"), TestContext.Current.CancellationToken),
            run.Output);
    }

    [Fact]
    public async Task A_file_appears_whole_or_not_at_all()
    {
        await File.WriteAllTextAsync(_folder.File("out"), "what was there",
            TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await CommandRun
            .OnAsync(Bank, "", ["export", "--format", "csv", "--output", _folder.File("out")],
                stop.Token);

        Assert.Equal("what was there",
            await File.ReadAllTextAsync(_folder.File("out"),
                TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.tmp"));
    }

    private Task<CommandRun> ExportAsync(string format, params string[] options) =>
        CommandRun.DoneAsync(Bank,
            ["export", "--format", format, "--output", _folder.File("out"), .. options]);

    private static async Task FillAsync(ILedger ledger)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(11);
        foreach (var (code, scale) in Own)
            await ledger.DeclareAssetAsync(code, scale, cancellation);
        string[] assets = ["USD", "JPY", "KWD", .. Own.Select(asset => asset.Code)];
        var accounts =
            NastyNames.Known.Concat(Enumerable.Range(0, 60).Select(_ => NastyNames.Next(random)))
            // Some of these only ledgers of an older version have.
            .Where(name => NameRules.Fault(Encoding.UTF8.GetBytes(name)) is null).Distinct().ToList();
        var requests = new List<TransferRequest>();
        foreach (var account in accounts)
        {
            requests.Add(Transfer("@world", account, 1_000_000_000));
            for (var i = 0; i < 4; i++)
                requests.Add(Transfer(account, accounts[random.Next(accounts.Count)],
                    random.Next(1, 2_000_000_000)));
        }
        requests.RemoveAll(request => request.From == request.To);
        var verdicts = await ledger.TransferBatchAsync(requests.ToArray(), cancellation);
        Assert.Contains(verdicts, verdict => verdict.Refusal == RefusalCode.InsufficientFunds);

        TransferRequest Transfer(string from, string to, long amount) => new()
        {
            Id = $"id {requests.Count}, \"%\"",
            From = from,
            To = to,
            Amount = Minor(amount),
            Asset = assets[random.Next(assets.Length)],
            Memo = random.Next(3) == 0 ? "memo; \"x\" | (y) \\n \\\nsecond\tline; = {a} é 😀" : null,
            Timestamp = random.Next(4) switch
            {
                0 => Time("1993-02-28"),
                1 => Time("0001-01-01T00:00:00Z"),
                2 => Time("9999-12-31T23:59:59.123+14:00"),
                _ => null,
            },
        };
        await FillWithOtherKindsAsync(ledger, cancellation);
    }

    private static async Task FillWithOtherKindsAsync(ILedger ledger,
        CancellationToken cancellation)
    {
        await ledger
            .PutAccountAsync(new AccountRequest { Account = "deep",
                Overdraft = Overdraft.Of(Minor(70_000)) }, cancellation);
        await ledger.TransferAsync("deep", "a", Money.OfMinor(70_000, "USD"), "dive", cancellation);
        await ledger.TransferAsync("@world", "deep", Money.OfMinor(80_000, "USD"), "rise", cancellation);
        await ledger
            .PutAccountAsync(new AccountRequest { Account = "deep", Overdraft = Overdraft.Of(Minor(0)),
                Closed = true }, cancellation);
        await ledger
            .PutAccountAsync(new AccountRequest { Account = "endless",
                Overdraft = Overdraft.Unlimited, Owners = ["ann", "bob, the 2nd"] }, cancellation);
        await ledger.PutAccountAsync(new AccountRequest
        {
            Account = "=cmd|'/c calc'!A1", Overdraft = Overdraft.Of(Minor(5, "points")),
            Ceiling = Ceiling.Of(Minor(900, "points")),
            Meta = new Dictionary<string, string> { ["k"] = "=1+1" },
        }, cancellation);
        await ledger.TransferAsync(new TransferRequest
        {
            Id = "with-meta",
            From = "endless",
            To = "a",
            Amount = Minor(5),
            Meta = new Dictionary<string, string> { ["k"] = "v, \"1\"\n", ["é"] = "ü" },
        }, cancellation);
        await ledger.TransactAsync(new TransactionRequest
        {
            Id = "round",
            Postings =
            [
                new Posting { From = "empty-1", To = "empty-2", Amount = Minor(50) },
                new Posting { From = "empty-2", To = "empty-3", Amount = Minor(50) },
                new Posting { From = "@world", To = "empty-1", Amount = Minor(60) },
                new Posting { From = "@world", To = "empty-1", Amount = Minor(7, "points") },
            ],
        }, cancellation);
        await ledger.TransferAsync("@world", "a", Money.OfMinor(1, "USD"), "round#1", cancellation);
        await ledger
            .HoldAsync(new HoldRequest { Id = "h1", From = "endless", To = "b", Amount = Minor(900) },
                cancellation);
        await ledger
            .CaptureAsync(new CaptureRequest { Id = "c1", Hold = "h1", Amount = Minor(300) },
                cancellation);
        await ledger
            .HoldAsync(new HoldRequest { Id = "h2", From = "endless", To = "b", Amount = Minor(900) },
                cancellation);
        await ledger
            .HoldAsync(new HoldRequest { Id = "h3", From = "@world", To = "b", Amount = Minor(40, "X") }, cancellation);
        await ledger.CaptureAsync(new CaptureRequest { Id = "c3", Hold = "h3" }, cancellation);
        await ledger.VoidAsync(new VoidRequest { Id = "v2", Hold = "h2" }, cancellation);
        await ledger.RevertAsync(new RevertRequest { Id = "r1", Reverts = "c1" }, cancellation);
        await ledger.RevertAsync(new RevertRequest { Id = "r2", Reverts = "round" }, cancellation);
        await ledger
            .RevertAsync(new RevertRequest { Id = "r3", Reverts = "with-meta" }, cancellation);
    }
}
