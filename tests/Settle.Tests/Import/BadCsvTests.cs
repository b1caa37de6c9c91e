using System.Text;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Import;

/// <summary>A file with a fault is refused as a whole: the line and the column are named.</summary>
public sealed class BadCsvTests : IDisposable
{
    private const string Header = "id,date,from,to,amount,asset,memo\n";
    private const string Good = "good,2026-01-01,a,b,1,,\n";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of transfers, then what the message must contain.</summary>
    public static TheoryData<string, string> Transfers => new()
    {
        { "", "the file is empty" },
        { "\n\n", "the file is empty" },
        { "id,date,from,to\n", "column 'amount': is missing in the header" },
        { "date,from,to,amount\n", "column 'id': is missing" },
        { "id;date;from;to;amount\n", "line 1: the columns are not separated by commas" },
        { "id,date,from,to,amount,to\n", "column 'to': occurs twice" },
        { "id,from,to,amount,\n", "has a column without a name" },
        { Header + Good + "x,2026-01-01,a,b,1\n", "line 3: has 5 fields, but the header has 7" },
        { Header + Good + "x,2026-01-01,a,b,1,,,,\n",
            "line 3: has 9 fields, but the header has 7" },
        { Header + Good + ",2026-01-01,a,b,1,,\n", "line 3, column 'id': must not be empty" },
        { Header + $"{new string('i', 129)},2026-01-01,a,b,1,,\n",
            "line 2, column 'id': must be at most 128" },
        { Header + Good + "x,2026-01-01,,b,1,,\n", "line 3, column 'from': must not be empty" },
        { Header + Good + "x,2026-01-01,a,,1,,\n", "line 3, column 'to': must not be empty" },
        { Header + Good + "x,2026-01-01,a,a,1,,\n",
            "line 3, column 'to': must be another account" },
        { Header + Good + "x,2026-01-01,a,b,,,\n", "line 3, column 'amount': must not be empty" },
        { Header + Good + "x,2026-01-01,a,b,0,,\n",
            "line 3, column 'amount': must be more than zero" },
        { Header + Good + "x,2026-01-01,a,b,-1,,\n",
            "line 3, column 'amount': must be more than zero" },
        { Header + Good + "x,2026-01-01,a,b,ten,,\n",
            "line 3, column 'amount': 'ten' is not an amount" },
        { Header + Good + "x,2026-01-01,a,b,\"1,50\",,\n",
            "line 3, column 'amount': '1,50' is not an amount" },
        { Header + Good + "x,2026-01-01,a,b,1.005,,\n",
            "line 3, column 'amount': 1.005 has more decimals" },
        { Header + Good + "x,2026-01-01,a,b,1.5,JPY,\n",
            "line 3, column 'amount': 1.5 has decimals; this asset has none" },
        { Header + Good + "x,2026-01-01,a,b,90071992547409.92,,\n",
            "line 3, column 'amount': must be at most" },
        { Header + Good + "x,2026-01-01,a,b,99999999999999999999,,\n",
            "line 3, column 'amount': must be at most" },
        { Header + Good + "x,2026-01-01,a,b,1,NOPE,\n",
            "line 3, column 'asset': 'NOPE' is neither in ISO 4217" },
        { Header + Good + "x,2026-01-01,a,b,1,9,\n",
            "line 3, column 'asset': must be an asset's code" },
        { Header + Good + "x,01.02.2026,a,b,1,,\n",
            "line 3, column 'date': '01.02.2026' is not a time" },
        { Header + Good + "x,2026-02-30,a,b,1,,\n",
            "line 3, column 'date': '2026-02-30' is not a time" },
        { Header + Good + "x,2026-01-01 10:00,a,b,1,,\n",
            "line 3, column 'date': '2026-01-01 10:00' is not a time" },
        { Header + Good + $"x,2026-01-01,a,b,1,,{new string('m', 1025)}\n",
            "line 3, column 'memo': must be at most" },
        { Header + Good + "x,2026-01-01,a\u0007,b,1,,\n",
            "line 3, column 'from': must be printable" },
        { Header + Good + "x,2026-01-01,\"a\nb\",c,1,,\n",
            "line 3, column 'from': must be printable" },
        { Header + Good + "x,2026-01-01,a,b,1,,\"never closed\n", "line 3" },
        { Header + Good + "x,2026-01-01,\"a\"b,c,1,,\n", "line 3" },
        { "id,from,to,amount,shop\n" + $"x,a,b,1,{new string('s', 513)}\n",
            "line 2, column 'shop': must be at most 512" },
        { "id,from,to,amount,meta\nx,a,b,1,[1]\n",
            "line 2, column 'meta': must be a JSON object of strings" },
        { "id,from,to,amount,meta\nx,a,b,1,\"{\"\"a\"\":1}\"\n",
            "line 2, column 'meta': must be a JSON object" },
    };

    /// <summary>A file of accounts, then what the message must contain.</summary>
    public static TheoryData<string, string> Accounts => new()
    {
        { "name,overdraft\n", "column 'account': is missing" },
        { "account,overdraft\nx,5\n,5\n", "line 3, column 'account': must not be empty" },
        { "account,overdraft\nx,lots\n", "line 2, column 'overdraft': 'lots' is neither an amount nor 'unlimited'" },
        { "account,overdraft\nx,-5\n", "line 2, column 'overdraft'" },
        { "account,overdraft\nx,1.005\n", "line 2, column 'overdraft': 1.005 has more decimals" },
        { "account,overdraft,ceiling\nx,5,high\n",
            "line 2, column 'ceiling': 'high' is neither an amount nor 'none'" },
        { "account,overdraft,asset\nx,5,NOPE\n", "line 2, column 'asset': 'NOPE'" },
        { "account,overdraft\nx,5\ny,5\nx,6\n", "line 4, column 'account': 'x' occurs twice" },
        { "account,overdraft\nx,5,6\n", "line 2: has 3 fields, but the header has 2" },
    };

    [Theory]
    [MemberData(nameof(Transfers))]
    public async Task A_faulty_file_of_transfers_changes_nothing(string file, string message) =>
        await AssertRefusedAsync(message, "import",
            await WriteAsync("transfers.csv", Encoding.UTF8.GetBytes(file)));

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task A_faulty_file_of_accounts_changes_nothing(string file, string message)
    {
        var transfers = await WriteAsync("transfers.csv", Encoding.UTF8.GetBytes(Header + Good));
        var accounts = await WriteAsync("accounts.csv", Encoding.UTF8.GetBytes(file));
        await AssertRefusedAsync(message, "import", transfers, "--accounts", accounts);
    }

    [Fact]
    public async Task A_file_that_is_not_UTF_8_is_refused()
    {
        var latin1 = Encoding.Latin1.GetBytes(Header + Good + "x,2026-01-01,Ren\u00E9e,b,1,,\n");
        await AssertRefusedAsync("line 3: is not UTF-8", "import",
            await WriteAsync("latin.csv", latin1));
    }

    [Fact]
    public async Task The_first_twenty_faults_are_shown()
    {
        var rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"x{i},2026-01-01,a,b,0,,\n"));
        var run = await AssertRefusedAsync("stopped after 20 faults", "import",
            await WriteAsync("transfers.csv", Encoding.UTF8.GetBytes(Header + rows)));

        Assert.Contains("line 21, column 'amount'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("line 22", run.Error, StringComparison.Ordinal);
    }

    private async Task<CommandRun> AssertRefusedAsync(string message, params string[] words)
    {
        var run = await CommandRun.RefusedAsync(_folder.File("bank.db"), message, words);
        Assert.Contains("nothing was sent", run.Error, StringComparison.Ordinal);
        return run;
    }

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        await File.WriteAllBytesAsync(_folder.File(name), content,
            TestContext.Current.CancellationToken);
        return _folder.File(name);
    }
}
