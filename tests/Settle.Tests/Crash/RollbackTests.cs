using Settle.Index;
using Settle.Local;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>
/// A ledger that was put back from an older copy: nothing is decided twice in silence, and what
/// shows the loss stays until a person decides.
/// </summary>
public sealed class RollbackTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _directory.File("bank.db");

    private string Folder => Bank + ".index";

    public static TheoryData<bool> WithIndexOrWithout => [true, false];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(WithIndexOrWithout))]
    public async Task An_older_copy_is_read_but_not_written(bool hasIndex)
    {
        await LoseAsync(hasIndex);
        var warnings = new List<string>();
        await using var ledger = await OpenAsync(hasIndex, new LedgerOptions { Warn = warnings.Add });

        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-3"));
        Assert.Contains("has 2 blocks, but had 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-rollback", error.Message, StringComparison.Ordinal);
        Assert.Contains(warnings, warning => warning.Contains("but had 6", StringComparison.Ordinal));
        // What the copy has is read, and a request that it decided gets its answer.
        Assert.NotNull(await ledger.GetTransferAsync("t-1", Stop));
        Assert.True((await PayAsync(ledger, "t-1")).Replayed);
        Assert.Equal(2, (await ledger.GetInfoAsync(Stop)).Height);
    }

    [Fact]
    public async Task Who_deleted_a_ledger_to_begin_anew_is_told_what_else_to_delete()
    {
        await LoseAsync(hasIndex: true);
        foreach (var file in Directory.GetFiles(_directory.Path, "bank.db*")) File.Delete(file);
        await using (var ledger = await OpenAsync(hasIndex: true))
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-1"));
            Assert.Contains($"new ledger, delete {Folder} as well", error.Message, StringComparison.Ordinal);
        }
        foreach (var file in Directory.GetFiles(_directory.Path, "bank.db*")) File.Delete(file);
        Directory.Delete(Folder, recursive: true);
        await using var anew = await OpenAsync(hasIndex: true);
        Assert.False((await PayAsync(anew, "t-1")).Replayed);
    }

    [Theory]
    [MemberData(nameof(WithIndexOrWithout))]
    public async Task What_shows_the_loss_survives_until_a_person_decides(bool hasIndex)
    {
        var newest = await LoseAsync(hasIndex);
        for (var start = 0; start < 3; start++)
        {
            await using var ledger = await OpenAsync(hasIndex);
            await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-3"));
        }
        var found = await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop);
        Assert.Contains(found.Faults, fault => fault.Height == 3
            && fault.Message.Contains("up to block 6", StringComparison.Ordinal));

        File.Move(newest, Bank, overwrite: true);
        // Where the note is gone, nothing shows that this is all.
        await using var whole = await OpenAsync(hasIndex, new LedgerOptions { AcceptRollback = hasIndex });
        Assert.True((await PayAsync(whole, "t-5")).Replayed);
        Assert.False((await PayAsync(whole, "t-9")).Replayed);
    }

    [Theory]
    [MemberData(nameof(WithIndexOrWithout))]
    public async Task A_persons_word_is_recorded_and_asked_for_once(bool hasIndex)
    {
        await LoseAsync(hasIndex);
        await using (var ledger = await OpenAsync(hasIndex, new LedgerOptions { AcceptRollback = true }))
        {
            Assert.False((await PayAsync(ledger, "t-3")).Replayed);
            Assert.False((await PayAsync(ledger, "t-9")).Replayed);
        }
        Assert.NotEmpty(Directory.GetFiles(Folder, "lost-6-*"));
        await using (var ledger = await OpenAsync(hasIndex))
            Assert.False((await PayAsync(ledger, "t-10")).Replayed);
        var report = await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop);
        Assert.True(report.IsClean);
        var recovery = Assert.Single(report.Recoveries);
        Assert.Equal((3, 6, false), (recovery.Height, recovery.LostHeight, recovery.Clock));
        Assert.Equal(64, recovery.LostHash!.Length);
        Assert.NotEmpty(Directory.GetFiles(Folder, "lost-6-*"));
    }

    [Theory]
    [MemberData(nameof(WithIndexOrWithout))]
    public async Task A_word_counts_for_one_loss_and_not_for_the_next(bool hasIndex)
    {
        await LoseAsync(hasIndex);
        await using (var ledger = await OpenAsync(hasIndex, new LedgerOptions { AcceptRollback = true }))
            for (var number = 10; number < 14; number++) await PayAsync(ledger, $"t-{number}");
        var copy = _directory.File("second.db");
        File.Copy(Bank, copy);
        // With an index, the second ledger starts above the block with the word.
        await using (var ledger = await OpenAsync(hasIndex))
            for (var number = 14; number < 18; number++) await PayAsync(ledger, $"t-{number}");
        if (hasIndex) File.Delete(Path.Combine(Folder, "tip"));
        File.Move(copy, Bank, overwrite: true);
        for (var start = 0; start < 2; start++)
        {
            await using var ledger = await OpenAsync(hasIndex);
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-15"));
            Assert.Contains("has 6 blocks, but had 10", error.Message, StringComparison.Ordinal);
        }
        await using (var ledger = await OpenAsync(hasIndex, new LedgerOptions { AcceptRollback = true }))
            Assert.False((await PayAsync(ledger, "t-15")).Replayed);
        await using var again = await OpenAsync(hasIndex);
        Assert.False((await PayAsync(again, "t-16")).Replayed);
    }

    [Fact]
    public async Task The_word_that_an_error_asks_for_is_in_the_help_of_commands_that_write()
    {
        await LoseAsync(hasIndex: false);
        var refused = await CommandRun.OnAsync(Bank, "transfer", "@world", "Alex", "1");
        Assert.Contains("'settle serve' or to a command that writes, such as 'settle transfer'",
            refused.Error, StringComparison.Ordinal);
        foreach (var command in (string[])["transfer", "import", "capture", "pay", "serve"])
        {
            var help = (await CommandRun.OnAsync(Bank, command, "--help")).Output;
            Assert.Contains("--accept-rollback", help, StringComparison.Ordinal);
            Assert.Contains("--accept-clock", help, StringComparison.Ordinal);
        }
        var read = await CommandRun.OnAsync(Bank, "balance", "--accept-rollback");
        Assert.Equal(2, read.Status);
    }

    [Fact]
    public async Task A_chain_that_another_machine_went_on_with_is_taken_when_that_was_said()
    {
        await LoseAsync(hasIndex: false);
        var here = _directory.File("here");
        Directory.Move(Folder, here);
        await using (var ledger = await OpenAsync(false))
            for (var number = 10; number < 20; number++) await PayAsync(ledger, $"t-{number}");
        Directory.Delete(Folder, recursive: true);
        Directory.Move(here, Folder);
        await using (var ledger = await OpenAsync(false))
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-30"));
            Assert.Contains("another block 6 than it had", error.Message, StringComparison.Ordinal);
        }
        await using (var ledger = await OpenAsync(false, new LedgerOptions { AcceptRollback = true }))
            await PayAsync(ledger, "t-30");
        await using var again = await OpenAsync(false);
        Assert.False((await PayAsync(again, "t-31")).Replayed);
    }

    [Fact]
    public async Task A_ledger_that_was_deleted_is_not_begun_anew_in_silence()
    {
        await LoseAsync(hasIndex: false);
        File.Delete(Bank);
        await using var ledger = await OpenAsync(false);
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-1"));
        Assert.Contains("has 0 blocks, but had 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_beside_another_ledger_says_nothing_about_this_one()
    {
        await LoseAsync(hasIndex: false);
        var other = _directory.File("other.db");
        await using (var ledger = await Ledger.OpenAsync(other, cancellationToken: Stop))
            await PayAsync(ledger, "t-1");
        Directory.Delete(other + ".index", recursive: true);
        Directory.Move(Folder, other + ".index");
        var warnings = new List<string>();
        await using var opened = await Ledger.OpenAsync(
            other, new LedgerOptions { Warn = warnings.Add }, Stop);
        Assert.False((await PayAsync(opened, "t-2")).Replayed);
        // But perhaps the file is the wrong one: it is mentioned, and what shows it is kept.
        Assert.Contains("made for another ledger than", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(other + ".index", "lost-6-*"));
        Assert.True(File.Exists(Path.Combine(other + ".index", "tip")));
    }

    [Fact]
    public async Task What_another_ledger_left_there_does_not_hide_that_blocks_are_missing()
    {
        await LoseAsync(hasIndex: true);
        var other = _directory.File("other.db");
        await using (var ledger = await Ledger.OpenAsync(other, cancellationToken: Stop))
            await PayAsync(ledger, "o-1");
        File.Copy(other, other + ".copy");
        await using (var ledger = await Ledger.OpenAsync(other, cancellationToken: Stop))
            for (var number = 2; number < 4; number++) await PayAsync(ledger, $"o-{number}");
        File.Move(other + ".copy", other, overwrite: true);
        foreach (var file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(other + ".index", Path.GetFileName(file)), overwrite: true);
        await using var opened = await Ledger.OpenAsync(other, cancellationToken: Stop);
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(opened, "o-2"));
        Assert.Contains("has 1 blocks, but had 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_without_its_index_folder_is_continued()
    {
        await LoseAsync(hasIndex: false);
        Directory.Delete(Folder, recursive: true);
        await using var ledger = await OpenAsync(false);
        Assert.False((await PayAsync(ledger, "t-3")).Replayed);
    }

    [Fact]
    public async Task The_command_line_refuses_says_why_and_takes_a_word()
    {
        await LoseAsync(hasIndex: false);
        string[] transfer = ["transfer", "@world", "Alex", "1", "--id", "t-3"];
        var refused = await CommandRun.OnAsync(Bank, transfer);
        Assert.Equal(3, refused.Status);
        Assert.Contains("[store_corrupt]", refused.Error, StringComparison.Ordinal);
        Assert.Contains("but had 6", refused.Error, StringComparison.Ordinal);
        var read = await CommandRun.DoneAsync(Bank, "balance");
        Assert.Contains("warning:", read.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.OnAsync(Bank, "verify")).Status);

        await CommandRun.DoneAsync(Bank, [.. transfer, "--accept-rollback"]);
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1");
        var verified = await CommandRun.DoneAsync(Bank, "verify");
        Assert.Contains("a person confirmed that other blocks from 3 to 6 are lost",
            verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_about_a_servers_ledger_is_for_whoever_runs_the_server()
    {
        var run = await CommandRun.OnAsync(
            "http://127.0.0.1:1/bank", "transfer", "a", "b", "1", "--accept-rollback");
        Assert.Equal(2, run.Status);
        Assert.Contains("settle serve --accept-rollback", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_on_an_older_copy_is_not_ready_until_it_has_a_word()
    {
        await LoseAsync(hasIndex: false);
        await using (var server = await RunningServer.StartAsync(directory: _directory.Path))
        {
            using var ready = await server.Http.GetAsync("/health/ready", Stop);
            Assert.Equal(503, (int)ready.StatusCode);
            Assert.Equal("store_corrupt", (await RunningServer.BodyAsync(ready)).GetProperty("code").GetString());
            using var refused = await server.PostAsync("/v1/ledgers/bank/transfers",
                """{"id":"t-3","from":"@world","to":"Alex","amount":1}""");
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Contains("settle_writable{settle_ledger=\"bank\"} 0",
                await server.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
        }
        await using var told = await RunningServer.StartAsync(
            options => options with { AcceptRollback = true }, _directory.Path);
        using var isReady = await told.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)isReady.StatusCode);
        using var done = await told.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t-3","from":"@world","to":"Alex","amount":1}""");
        Assert.Equal(201, (int)done.StatusCode);
    }

    /// <summary>Makes six blocks and puts back the copy of two; the newest file has another name.</summary>
    private async Task<string> LoseAsync(bool hasIndex)
    {
        await using (var ledger = await OpenAsync(hasIndex))
        {
            await PayAsync(ledger, "t-1");
            await PayAsync(ledger, "t-2");
        }
        var copy = _directory.File("copy.db");
        File.Copy(Bank, copy);
        await using (var ledger = await OpenAsync(hasIndex))
            for (var number = 3; number < 7; number++) await PayAsync(ledger, $"t-{number}");
        if (hasIndex) File.Delete(Path.Combine(Folder, "tip"));
        var newest = _directory.File("newest.db");
        File.Move(Bank, newest);
        File.Move(copy, Bank);
        return newest;
    }

    private Task<LocalLedger> OpenAsync(bool hasIndex, LedgerOptions? options = null) =>
        LocalLedger.OpenAsync(Bank, (options ?? new LedgerOptions()) with
        {
            IndexSizes = new IndexSizes { RowsMax = hasIndex ? 1 : 250_000 },
        }, Stop);

    private static Task<Transfer> PayAsync(ILedger ledger, string id) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), id, Stop);
}
