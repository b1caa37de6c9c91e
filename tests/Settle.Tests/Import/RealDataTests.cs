using System.IO.Compression;
using Settle.Cli;
using Settle.Tests.Cli;
using Settle.Tests.Journals;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Import;

/// <summary>
/// A bank's whole year, 1993: after the import every balance is the one that the bank recorded.
/// </summary>
public sealed class RealDataTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private Dictionary<(string, string), Int128> _recorded = [];

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["accounts.csv", "transfers.csv", "balances.csv"])
        {
            await using var packed =
                File.OpenRead(Path.Combine(Repository.Root, "samples/berka-1993", name + ".gz"));
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            await using var file = File.Create(_folder.File(name));
            await unpacked.CopyToAsync(file, TestContext.Current.CancellationToken);
        }
        _recorded = File.ReadLines(_folder.File("balances.csv")).Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(row => (row[0], "CZK"), row => Balances.Parse(row[1], 2));
        await CommandRun.DoneAsync(Bank, "init", "--asset", "CZK");
        var run = await CommandRun.DoneAsync(Bank, "import", _folder.File("transfers.csv"),
            "--accounts", _folder.File("accounts.csv"), "--json");
        Assert.Equal(27_215, run.Json.GetProperty("successful").GetInt64());
        Assert.Equal(0, run.Json.GetProperty("rejected").GetInt64());
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_balance_is_the_one_that_the_bank_recorded()
    {
        Assert.Equal(1127, _recorded.Count);
        Balances.AssertEqual(_recorded, await Balances.OfLedgerAsync(Bank));

        var again = await CommandRun.DoneAsync(Bank, "import", _folder.File("transfers.csv"),
            "--accounts", _folder.File("accounts.csv"), "--json");
        Assert.Equal(27_215, again.Json.GetProperty("already_known").GetInt64());
        Balances.AssertEqual(_recorded, await Balances.OfLedgerAsync(Bank));
    }

    [Fact]
    public async Task It_answers_for_June_1993()
    {
        var expected = new Dictionary<string, Int128>();
        foreach (var row in File.ReadLines(_folder.File("transfers.csv")).Skip(1).Select(line => line.Split(',')))
        {
            if (string.CompareOrdinal(row[1], "1993-06-30") > 0) continue;
            var amount = Balances.Parse(row[4], 2);
            expected[row[2]] = expected.GetValueOrDefault(row[2]) - amount;
            expected[row[3]] = expected.GetValueOrDefault(row[3]) + amount;
        }
        var shown = (await CommandRun.DoneAsync(Bank, "balance", "--on", "1993-06-30", "--json")).Json
            .EnumerateArray().ToDictionary(
                each => each.GetProperty("account").GetString()!, each => (Int128)each.GetProperty("balance").GetInt64());
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            shown.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Empty((await CommandRun.DoneAsync(Bank, "balance", "--on", "1992-12-31", "--json")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Hledger_comes_to_the_balances_of_the_bank()
    {
        await CommandRun
            .DoneAsync(Bank, "export", "--format", "hledger", "--output",
                _folder.File("bank.journal"));
        Balances.AssertEqual(_recorded,
            await Balances.OfHledgerAsync(_folder.File("bank.journal")));
    }

    [Fact]
    public async Task Beancount_comes_to_the_balances_of_the_bank()
    {
        await CommandRun
            .DoneAsync(Bank, "export", "--format", "beancount", "--output",
                _folder.File("bank.beancount"));
        Balances.AssertEqual(_recorded,
            await Balances.OfBeancountAsync(_folder.File("bank.beancount")));
    }

    [Fact]
    public async Task The_exported_file_imports_to_the_same_balances()
    {
        await CommandRun
            .DoneAsync(Bank, "export", "--format", "csv", "--output", _folder.File("out.csv"),
            "--accounts", _folder.File("out-accounts.csv"));
        var copy = _folder.File("copy.db");
        await CommandRun.DoneAsync(copy, "init", "--asset", "CZK");
        await CommandRun
            .DoneAsync(copy, "import", _folder.File("out.csv"), "--accounts",
                _folder.File("out-accounts.csv"));
        Balances.AssertEqual(_recorded, await Balances.OfLedgerAsync(copy));
    }

    [Fact]
    public async Task The_sample_in_the_program_is_this_data()
    {
        await using var ledger = await Ledger.OpenAsync(_folder.File("demo.db"),
            cancellationToken: TestContext.Current.CancellationToken);
        var summary =
            await Sample.ImportAsync(ledger, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(27_215, summary.Successful);
        Balances.AssertEqual(_recorded, (await ledger.ListBalancesAsync(
            cancellationToken: TestContext.Current.CancellationToken))
                .ToDictionary(b => (b.Account, b.Asset), b => b.Amount.Units));
    }
}
