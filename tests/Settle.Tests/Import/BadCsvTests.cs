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
        { Header + Good + "x,2026-01-01,a,b,1\n", "line 3: has 5 fields, but the header has 7" },
        { Header + Good + "x,2026-01-01,a,b,1,,,,y\n",
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
        { Header + Good + "x,2026-01-01,a,b,1.250,,\n",
            "line 3, column 'amount': 1.250 has more decimals" },
        { Header + Good + "x,2026-01-01,a,b,10.000,,\n",
            "line 3, column 'amount': 10.000 has more decimals" },
        { Header + Good + "x,2026-01-01,a,b,10.0,JPY,\n",
            "line 3, column 'amount': 10.0 has decimals; this asset has none" },
        { Header + Good + "x,2026-01-01,a,b,1,BGN,\n",
            "line 3, column 'asset': 'BGN' left ISO 4217 on 2026-01-01, and EUR took its place" },
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
        { "id,from,to,amount,meta:shop\n" + $"x,a,b,1,{new string('s', 513)}\n",
            "line 2, column 'shop': must be at most 512" },
        { "id,from,to,amount,meta\nx,a,b,1,[1]\n",
            "line 2, column 'meta': '[1]' is not a JSON object of texts" },
        { "id,from,to,amount,meta\nx,a,b,1,\"{\"\"a\"\":1}\"\n",
            "line 2, column 'meta': '{\"a\":1}' is not a JSON object of texts" },
    };

    /// <summary>A header of transfers, then what the message must contain.</summary>
    public static TheoryData<string, string> Headers => new()
    {
        { "", "the file is empty" },
        { "\n\n", "the file is empty" },
        { "id,date,from,to\n", "column 'amount': is missing in the header" },
        { "date,from,to,amount\n", "column 'id': is missing" },
        { "id;date;from;to;amount\n", "line 1: the columns are separated by ';', not by commas" },
        { "id|date|from|to|amount\n", "line 1: the columns are separated by '|', not by commas" },
        { "id\tdate\tfrom\tto\tamount\n", "line 1: the columns are separated by tabs" },
        { "id,from,to,amount,currency\n", "line 1, column 'currency': is not a column of a file "
            + "of transfers; did you mean 'asset'?" },
        { "id,from,to,amount,CCY\n", "column 'CCY': is not a column of a file of transfers; "
            + "did you mean 'asset'?" },
        { "id,datum,from,to,amount\n", "column 'datum': is not a column of a file of transfers; "
            + "did you mean 'date'?" },
        { "id,von,an,Betrag,Währung\n", "column 'von': is not a column of a file of transfers; "
            + "did you mean 'from'?" },
        { "id,from,to,amount,Verwendungszweck\n", "did you mean 'memo'?" },
        { "id,from,to,amount,WÄHRUNG\n", "did you mean 'asset'?" },
        { "id,from,to,amount,Waehrungs-Code\n", "did you mean 'asset'?" },
        { "id,from,Empfänger,amount\n", "did you mean 'to'?" },
        { "id,from,to,amount,Überziehung\n",
            "did you mean 'overdraft', which is a column of a file of accounts? Expected" },
        { "id,from,to,amuont\n", "column 'amuont': is not a column of a file of transfers; "
            + "did you mean 'amount'?" },
        { "id,from,to,amount,shop\n", "column 'shop': is not a column of a file of transfers; "
            + "expected id,from,to,amount[,date][,asset][,memo][,meta][,part]; "
            + "if it is only information, keep it as meta with --meta-columns 'shop'" },
        { "id,form,to,amount\n", "did you mean 'from'?" },
        { "id,from,to,amount,Curreny\n", "did you mean 'asset'?" },
        { "id,from,to,amount,celing\n",
            "did you mean 'ceiling', which is a column of a file of accounts? Expected" },
        { "id,from,to,amount,limit\n", "did you mean 'ceiling', which is a column of a file of" },
        { "id,from,to,amount,Fee\n", "column 'Fee': is not a column of a file of transfers; "
            + "a fee needs a row of its own. Expected" },
        { ",,,\n\nid,from,to,shop,amount\n", "line 3, column 'shop'" },
        { "\n,,,\n , ,\n", "the file is empty" },
        { "id,from,to,amount,reason\nx,a,b,1,a gift\n", "line 2, column 'reason': 'a gift' is not "
            + "the reason of a refusal; name the column 'meta:reason'" },
        { "id,from,to,amount,Amount\n", "column 'Amount': occurs twice" },
        { "id,from,to,amount,meta:a,meta: a\n", "column 'meta: a': gives 'a' a second value" },
        { "id,from,to,amount,meta:\n", "column 'meta:': must not be empty" },
        { "id,from,to,amount,meta,meta:a\nx,a,b,1,\"{\"\"a\"\":\"\"1\"\"}\",2\n",
            "line 2, column 'meta': 'a' has a column of its own too" },
        { "id,date,from,to,amount,to\n", "column 'to': occurs twice" },
        { "id,from,to,amount,\nx,a,b,1,5\n",
            "line 2: has '5' in column 5, which has no name in the header" },
    };

    /// <summary>Rows with a time or a part of a transaction, then what the message must contain.</summary>
    public static TheoryData<string, string> Further => new()
    {
        { Header + Good + "x,2016-12-31T23:59:60Z,a,b,1,,\n",
            "line 3, column 'date': '2016-12-31T23:59:60Z' is a leap second" },
        { Header + Good + "x,2026-01-01T00:00:00+15:00,a,b,1,,\n",
            "line 3, column 'date': '2026-01-01T00:00:00+15:00' has an offset" },
        { Header + Good + "x,0001-01-01T00:00:00+01:00,a,b,1,,\n",
            "line 3, column 'date': '0001-01-01T00:00:00+01:00' is out of range" },
        { Header + Good + "x,9999-12-31T23:59:59-01:00,a,b,1,,\n",
            "line 3, column 'date': '9999-12-31T23:59:59-01:00' is out of range" },
        { Header + Good + "x,2026-01-01T24:00:00Z,a,b,1,,\n",
            "line 3, column 'date': '2026-01-01T24:00:00Z' is not a time" },
        { "id,from,to,amount,part\nx,a,b,1,2/2\n",
            "line 2, column 'part': the transaction's first row is missing" },
        { "id,from,to,amount,part\nx,a,b,1,1/2\n",
            "column 'part': row 2 of 2 of the transaction 'x' must follow here" },
        { "id,from,to,amount,part\nx,a,b,1,1/2\ny,a,b,1,2/2\n",
            "line 3, column 'part': row 2 of 2 of the transaction 'x' must follow here" },
        { "id,from,to,amount,memo,part\nx,a,b,1,m,1/2\nx,a,b,1,n,2/2\n",
            "line 3, column 'part': all rows of a transaction must have the same date and memo" },
        { "id,from,to,amount,part\nx,a,b,1,0/2\n", "line 2, column 'part': '0/2' is not a part" },
    };

    /// <summary>A file of accounts, then what the message must contain.</summary>
    public static TheoryData<string, string> Accounts => new()
    {
        { "name,overdraft\n", "column 'name': is not a column of a file of accounts" },
        { "overdraft\n", "column 'account': is missing" },
        { "account,celing\nx,5\n", "column 'celing': is not a column of a file of accounts; "
            + "did you mean 'ceiling'?" },
        { "account,ceil\nx,5\n", "did you mean 'ceiling'?" },
        { "account,status\nx,closed\n", "did you mean 'closed'?" },
        { "account,reason\nx,\n", "column 'reason': is not a column of a file of accounts" },
        { "account,limit\nx,5\n", "column 'limit': is not a column of a file of accounts; "
            + "did you mean 'ceiling'?" },
        { "account,Over Draft\nx,5\n", "did you mean 'overdraft'?" },
        { "account,overdraft\nx,1.000\n", "line 2, column 'overdraft': 1.000 has more decimals" },
        { "account,closed\nx,yes\n", "line 2, column 'closed': 'yes' is neither true nor false" },
        { "account,lowest\nx,5\n", "line 2, column 'lowest': '5' must be zero or less" },
        { "account,owners\nx,[1]\n", "line 2, column 'owners': '[1]' is neither a name nor" },
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
    [MemberData(nameof(Headers))]
    [MemberData(nameof(Transfers))]
    [MemberData(nameof(Further))]
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

    /// <summary>A file that is not CSV, and what must be said of it.</summary>
    public static TheoryData<byte[], string> Others => new()
    {
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "[Content_Types].xml"u8], "is an Excel file (xlsx)" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26],
            .. "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"u8], "is a LibreOffice file (ods)" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "transfers.csv"u8], "is a ZIP archive" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "is an old Excel file (xls)" },
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Header)], "is not UTF-8 but UTF-16" },
        { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Header)], "is not UTF-8 but UTF-16" },
        { Encoding.Unicode.GetBytes(Header), "is not UTF-8 but UTF-16" },
        { [.. "\uFEFF\uFEFF"u8, .. Encoding.UTF8.GetBytes(Header + Good)], "two byte order marks" },
        { [.. "%PDF-1.7"u8], "is a PDF file" },
        { [.. "<?xml version=\"1.0\"?><Document/>"u8], "is XML or HTML" },
        { [.. "[{\"id\":1}]"u8], "is JSON" },
        { [.. "BZh91AY"u8], "is packed by bzip2" },
        { [0x28, 0xB5, 0x2F, 0xFD, 1, 0], "is packed by zstd" },
        { [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4], "is packed by xz" },
        { [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "is packed by 7-Zip" },
        { [.. "Rar!\u001A\u0007"u8, 1, 0], "is packed by RAR" },
        { [.. "SQLite format 3\0"u8], "is an SQLite file" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_file_of_another_kind_is_called_by_its_name(byte[] content, string message) =>
        await CommandRun.RefusedAsync(
            _folder.File("bank.db"), message, "import", await WriteAsync("other", content));

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
