using System.IO.Compression;
using System.Text;
using Settle.Cli;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Import;

public sealed class CsvImportTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,date,from,to,amount\nt1,2026-01-01,@world,Ann,5\n")]
    [InlineData("\uFEFFid,date,from,to,amount\r\nt1,2026-01-01,@world,Ann,5\r\n")]
    [InlineData("amount,to,from,date,id\n5.00,Ann,@world,2026-01-01,t1\n")]
    [InlineData("ID,Date,From,To,Amount\nt1,2026-01-01,@world,Ann,5")]
    [InlineData("\"id\",\"date\",\"from\",\"to\",\"amount\"\n\"t1\",\"2026-01-01\",\"@world\",\"Ann\",\"5\"\n")]
    [InlineData("id, date, from, to, amount\n t1 , 2026-01-01 , @world , Ann , 5.0 \n")]
    [InlineData("id,date,from,to,amount\n\nt1,2026-01-01,@world,Ann,5\n\n")]
    [InlineData("id,date,from,to,amount,asset,memo\nt1,2026-01-01,@world,Ann,5,,\n")]
    [InlineData("id,date,from,to,amount,,\n,,,,,,\nt1,2026-01-01,@world,Ann,5,,\n,,,,,,\n,,\n")]
    [InlineData("id,date,from,to,amount\nt1,2026-01-01,@world,Ann,5,,,\n")]
    [InlineData(",,,,\nid,date,from,to,amount\nt1,2026-01-01,@world,Ann,5\n")]
    [InlineData("\n , ,,,\n\"\",,,,\nid,date,from,to,amount\nt1,2026-01-01,@world,Ann,5\n")]
    [InlineData("id,date,from,to,amount\nt1,2026-01-01,'@world,Ann,5\n")]
    public async Task The_same_transfer_can_be_written_in_many_ways(string csv)
    {
        await ImportAsync(csv);
        var entry = (await CommandRun.DoneAsync(Bank, "show", "t1", "--json")).Json
            .GetProperty("entry");

        Assert.Equal(500, entry.GetProperty("amount").GetInt64());
        Assert.Equal("Ann", entry.GetProperty("to").GetString());
        Assert.Equal("2026-01-01", entry.GetProperty("timestamp").GetString());
        Assert.False(entry.TryGetProperty("memo", out _));
        Assert.False(entry.TryGetProperty("meta", out _));
    }

    [Fact]
    public async Task Columns_that_are_kept_become_meta_and_empty_fields_are_left_out()
    {
        await ImportAsync("id,Shop,from,to,amount,till,memo,meta:Ref\nt1,\"Café \"\"X\"\", 2nd\",@world,Ann,5,,\"a, b\",7\n",
            status: 0, "--meta-columns", "shop,till");
        var entry = (await CommandRun.DoneAsync(Bank, "show", "t1", "--json")).Json
            .GetProperty("entry");

        Assert.Equal("a, b", entry.GetProperty("memo").GetString());
        Assert.Equal("Café \"X\", 2nd", entry.GetProperty("meta").GetProperty("Shop").GetString());
        Assert.Equal("7", entry.GetProperty("meta").GetProperty("Ref").GetString());
        Assert.False(entry.GetProperty("meta").TryGetProperty("till", out _));
    }

    [Fact]
    public async Task Without_a_date_the_time_of_the_block_must_do()
    {
        await ImportAsync("id,date,from,to,amount\nt1,,@world,Ann,5\n");
        var entry = (await CommandRun.DoneAsync(Bank, "show", "t1", "--json")).Json
            .GetProperty("entry");

        Assert.False(entry.TryGetProperty("timestamp", out _));
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_a_longer_file_adds_its_end()
    {
        const string First =
            "id,date,from,to,amount\nt1,2026-01-01,@world,Ann,5\nt2,2026-01-01,Ann,Bob,9\n";
        var first = (await ImportAsync(First, status: 1)).Json;
        var height = await HeightAsync();
        var second = (await ImportAsync(First, status: 1)).Json;
        Assert.Equal(height, await HeightAsync());
        var third = (await ImportAsync(First + "t3,2026-01-02,Ann,Bob,2\n", status: 1)).Json;

        Assert.Equal((1, 1, 0, 0), Counts(first));
        Assert.Equal((0, 0, 2, 1), Counts(second));
        Assert.Equal((1, 0, 2, 1), Counts(third));
        Assert.Equal(1, second.GetProperty("reasons").GetProperty("insufficient_funds").GetInt64());
    }

    [Fact]
    public async Task An_id_that_comes_again_with_other_content_is_refused_and_told()
    {
        var run = await ImportAsync(
            "id,from,to,amount\nt1,@world,Ann,5\nt1,@world,Ann,5\nt1,@world,Ann,6\n", status: 1);

        Assert.Equal((1, 1, 1, 0), Counts(run.Json));
        Assert.Equal(1, run.Json.GetProperty("reasons").GetProperty("id_reused").GetInt64());
    }

    [Fact]
    public async Task Refused_rows_are_written_as_they_were_with_the_reason()
    {
        var rejected = _folder.File("rejected.csv");
        await ImportAsync("id,note,from,to,amount\nt1,x,@world,Ann,5\nt2,\"a, \"\"b\"\"\",Ann,Bob,9.50\nt1,,Ann,Bob,1\n",
            status: 1, "--rejected", rejected, "--meta-columns", "note");

        Assert.Equal("id,note,from,to,amount,reason,account,spendable,needed,room\n"
            + "t2,\"a, \"\"b\"\"\",Ann,Bob,9.50,insufficient_funds,Ann,5.00,9.50,\n"
            + "t1,,Ann,Bob,1,id_reused,,,,\n",
            await File.ReadAllTextAsync(rejected, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_of_refused_rows_can_be_imported_and_gives_the_same_file()
    {
        var (first, second) = (_folder.File("first.csv"), _folder.File("second.csv"));
        await ImportAsync("id,from,to,amount,memo\nt1,Ann,Bob,9.50,\"a, \"\"b\"\"\",,\nt2,Ann,Bob,1,c\n",
            status: 1, "--rejected", first);
        var refused = await File.ReadAllTextAsync(first, TestContext.Current.CancellationToken);
        Assert.Contains("t1,Ann,Bob,9.50,\"a, \"\"b\"\"\",insufficient_funds,", refused, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Ann", "1");
        var again = await ImportAsync(refused.Replace("t2,", "t3,", StringComparison.Ordinal),
            status: 1, "--rejected", second);

        Assert.Equal((1, 0, 1, 1), Counts(again.Json));
        Assert.Equal(refused.Split('\n')[..2],
            (await File.ReadAllLinesAsync(second, TestContext.Current.CancellationToken))[..2]);
    }

    [Theory]
    [InlineData("asset", "asset")]
    [InlineData("MEMO", "memo")]
    [InlineData("reason", "reason")]
    public async Task A_column_with_a_meaning_of_its_own_cannot_be_kept(string kept, string column)
    {
        await File.WriteAllTextAsync(_folder.File("t.csv"), $"id,from,to,amount,{column}\n",
            TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(Bank, "import", _folder.File("t.csv"), "--meta-columns", kept);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains($"column '{column}': cannot be kept with --meta-columns: it has a meaning of its own",
            run.Error, StringComparison.Ordinal);
        Assert.Contains($"'meta:{column}'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_rows_is_said_to_have_none()
    {
        await File.WriteAllTextAsync(_folder.File("t.csv"), "id,from,to,amount\n",
            TestContext.Current.CancellationToken);
        var run = await CommandRun.DoneAsync(Bank, "import", _folder.File("t.csv"));

        Assert.Contains("there is no row below the header", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_opened_before_the_transfers()
    {
        var accounts = _folder.File("accounts.csv");
        await File.WriteAllTextAsync(accounts,
            "account,overdraft,ceiling,asset,meta:branch\nAnn,10,,,north\nbank,unlimited,none,EUR,\n",
            TestContext.Current.CancellationToken);
        var run = await ImportAsync("id,from,to,amount,asset\nt1,Ann,Bob,10,\nt2,bank,Bob,1000000,EUR\n",
            status: 0, "--accounts", accounts);

        Assert.Equal(2, run.Json.GetProperty("accounts").GetInt64());
        Assert.Equal((2, 0, 0, 0), Counts(run.Json));
        var height = await HeightAsync();
        await CommandRun.DoneAsync(Bank, "import", "--accounts", accounts);
        Assert.Equal(height, await HeightAsync());
    }

    [Fact]
    public async Task Standard_input_is_read_like_a_file()
    {
        var run = await CommandRun
            .OnAsync(Bank, "id,from,to,amount\nt1,@world,Ann,5\n", ["import", "-", "--json"]);

        Assert.Equal((1, 0, 0, 0), Counts(run.Json));
    }

    [Fact]
    public async Task A_packed_file_is_read_like_a_plain_one_and_a_damaged_one_is_refused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("id,from,to,amount\nt1,@world,Ann,5\n"u8);
        var file = _folder.File("transfers.csv.gz");
        await File.WriteAllBytesAsync(file, packed.ToArray(), TestContext.Current.CancellationToken);
        var run = await CommandRun.DoneAsync(Bank, "import", file, "--json");
        Assert.Equal((1, 0, 0, 0), Counts(run.Json));

        await File.WriteAllBytesAsync(file, [0x1F, 0x8B, 1, 2, 3], TestContext.Current.CancellationToken);
        var damaged = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(ExitStatus.Usage, damaged.Status);
        Assert.Contains("cannot read", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_to_keep_must_be_in_a_file()
    {
        await File.WriteAllTextAsync(_folder.File("t.csv"), "id,from,to,amount,till\n",
            TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(Bank, "import", _folder.File("t.csv"), "--meta-columns", "tll");

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("meta-columns: 'tll' is not a column of the file; did you mean 'till'?", run.Error,
            StringComparison.Ordinal);
    }

    /// <summary>Whether it comes as a file or on standard input, each time.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_packed_file_is_imported_whole_or_not_at_all(bool isInput)
    {
        var first = Packed("id,from,to,amount\nt1,@world,Ann,5\n");
        // Two packed files that are put together are one.
        byte[] packed = [.. first, .. Packed("t2,@world,Ann,20000.00\n")];
        for (var length = 2; length < packed.Length; length++)
            if (length != first.Length) await RefusedAsync(packed[..length]);
        await RefusedAsync([.. packed, .. "rest"u8]);
        await RefusedAsync([.. packed, 0, 0, 1]);
        await RefusedAsync([.. packed, .. packed[..7]]);
        for (var at = 2; at < packed.Length; at++)
        {
            // The header's time, flags and system say nothing about what is packed.
            if (at is >= 4 and < 10 || at - first.Length is >= 4 and < 10) continue;
            await RefusedAsync([.. packed[..at], (byte)(packed[at] ^ 0x55), .. packed[(at + 1)..]]);
        }

        var run = await RunAsync([.. packed, .. new byte[512]]);
        Assert.Equal((2, 0, 0, 0), Counts(run.Json));

        async Task RefusedAsync(byte[] content)
        {
            var refused = await RunAsync(content);
            Assert.True(refused.Status == ExitStatus.Usage, $"{content.Length}: {refused.Error}");
            Assert.Equal(0, await HeightAsync());
        }

        async Task<CommandRun> RunAsync(byte[] content)
        {
            if (isInput) return await CommandRun.OnAsync(Bank, content, "import", "-", "--json");
            await File.WriteAllBytesAsync(_folder.File("t.gz"), content, TestContext.Current.CancellationToken);
            return await CommandRun.OnAsync(Bank, "import", _folder.File("t.gz"), "--json");
        }
    }

    private static byte[] Packed(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [Fact]
    public async Task Rows_of_an_asset_of_its_own_follow_its_scale()
    {
        await CommandRun.DoneAsync(Bank, "asset", "grain", "--scale", "4");
        await ImportAsync("id,from,to,amount\nt1,@world,Ann,1.0005\n", status: 0, "--asset",
            "grain");
        var balance = await CommandRun.DoneAsync(Bank, "balance", "Ann", "--json");

        Assert.Equal(10005, balance.Json[0].GetProperty("balance").GetInt64());
    }

    [Fact]
    public async Task Many_batches_are_settled_in_the_order_of_the_file()
    {
        // Each row spends what the row before brought: out of order, nearly all would be refused.
        var csv = new StringBuilder("id,from,to,amount\nt0,@world,a0,1\n");
        for (var i = 1; i < 30_000; i++) csv.Append($"t{i},a{(i - 1) % 7},a{i % 7},1\n");
        var run = await ImportAsync(csv.ToString());

        Assert.Equal((30_000, 0, 0, 0), Counts(run.Json));
    }

    [Fact]
    public async Task An_import_that_was_stopped_is_finished_by_importing_again()
    {
        var csv = new StringBuilder("id,from,to,amount\n");
        for (var i = 0; i < 100_000; i++) csv.Append($"t{i},@world,a{i % 50},1\n");
        await File.WriteAllTextAsync(_folder.File("big.csv"), csv.ToString(),
            TestContext.Current.CancellationToken);
        await CommandRun.DoneAsync(Bank, "init");
        using var stop = new CancellationTokenSource();
        var importing =
            CommandRun.OnAsync(Bank, "", ["import", _folder.File("big.csv"), "--json"], stop.Token);
        await using (var ledger =
            await Ledger.OpenAsync(Bank, cancellationToken: TestContext.Current.CancellationToken))
        {
            var seen = 0;
            await foreach (var entry in ledger
                .FollowAsync(cancellationToken: TestContext.Current.CancellationToken))
                if (++seen > 10) break;
        }
        await stop.CancelAsync();
        var first = await importing;
        var second = await CommandRun.DoneAsync(Bank, "import", _folder.File("big.csv"), "--json");

        Assert.True(first.Status is ExitStatus.Interrupted or ExitStatus.Done);
        Assert.Equal(first.Status == ExitStatus.Done,
            first.Json.GetProperty("finished").GetBoolean());
        Assert.Equal(first.Json.GetProperty("successful").GetInt64(),
            second.Json.GetProperty("already_known").GetInt64());
        Assert.Equal(100_000, second.Json.GetProperty("rows").GetInt64());
        var balances =
            (await CommandRun.DoneAsync(Bank, "balance", "--json")).Json.EnumerateArray();
        Assert.Equal(-10_000_000,
            balances.Single(b => b.GetProperty("account").GetString() == "@world")
            .GetProperty("balance").GetInt64());
    }

    private async Task<CommandRun> ImportAsync(string csv, int status = 0, params string[] options)
    {
        var file = _folder.File("transfers.csv");
        await File.WriteAllTextAsync(file, csv, TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(Bank, ["import", file, "--json", .. options]);
        Assert.True(run.Status == status, $"{run.Status}: {run.Error}{run.Output}");
        return run;
    }

    private async Task<long> HeightAsync() => !File.Exists(Bank) ? 0 :
        (await CommandRun.DoneAsync(Bank, "info", "--json")).Json.GetProperty("height").GetInt64();

    private static (long Successful, long Rejected, long Known, long KnownRejected) Counts(
        System.Text.Json.JsonElement report) => (
        report.GetProperty("successful").GetInt64(), report.GetProperty("rejected").GetInt64(),
        report.GetProperty("already_known").GetInt64(),
        report.GetProperty("already_known_rejected").GetInt64());
}
