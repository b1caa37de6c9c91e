using Settle.Index;
using Settle.Local;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>
/// The note beside the index is all that shows that a file is an older copy. One that is there and
/// cannot be read is not the same as none.
/// </summary>
public sealed class TipNoteTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _directory.File("bank.db");

    private string Note => Bank + ".index/tip";

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("a part")]
    [InlineData("zeros")]
    [InlineData("another digit")]
    [InlineData("too long")]
    public async Task A_note_that_cannot_be_read_stops_writing_until_a_person_decides(string damage)
    {
        await LoseAsync(damage);
        var warnings = new List<string>();
        await using (var ledger = await OpenAsync(new LedgerOptions { Warn = warnings.Add }))
        {
            var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-3"));
            Assert.Contains(Note, error.Message, StringComparison.Ordinal);
            Assert.Contains("--accept-rollback", error.Message, StringComparison.Ordinal);
            Assert.Equal(error.Message, Assert.Single(warnings));
            Assert.True((await PayAsync(ledger, "t-1")).Replayed);
        }
        var verified = await CommandRun.OnAsync(Bank, "verify");
        Assert.Equal(1, verified.Status);
        Assert.Contains($"block 0: {Note}, the note of the newest block", verified.Output,
            StringComparison.Ordinal);

        await using (var ledger = await OpenAsync(new LedgerOptions { AcceptRollback = true }))
            Assert.False((await PayAsync(ledger, "t-3")).Replayed);
        await using (var ledger = await OpenAsync())
            Assert.False((await PayAsync(ledger, "t-9")).Replayed);
        var report = await LedgerVerification.VerifyAsync(Bank, cancellationToken: Stop);
        Assert.Empty(report.Faults);
        var word = Assert.Single(report.Recoveries);
        Assert.Equal((3, false), (word.Height, word.Clock));
        Assert.Null(word.LostHeight);
        Assert.Contains("a person confirmed that the ledger goes on",
            (await CommandRun.DoneAsync(Bank, "verify")).Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Bank + ".index", "lost-*.tip"));
    }

    [Fact]
    public async Task A_note_that_is_put_back_counts_at_once()
    {
        await PayAsync(4);
        var note = await File.ReadAllBytesAsync(Note, Stop);
        await File.WriteAllBytesAsync(Note, [], Stop);
        await using var ledger = await OpenAsync();
        await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-9"));
        await File.WriteAllBytesAsync(Note, note, Stop);
        Assert.False((await PayAsync(ledger, "t-9")).Replayed);
    }

    [Fact]
    public async Task A_folder_in_place_of_the_note_is_said_and_once_it_is_gone_writing_goes_on()
    {
        await PayAsync(2);
        File.Delete(Note);
        Directory.CreateDirectory(Note);
        await using var ledger = await OpenAsync();
        var error = await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-9"));
        Assert.Contains($"{Note}, the note of the newest block that was known here, cannot be read "
            + "(it is a folder; move it away first)", error.Message, StringComparison.Ordinal);
        Directory.Delete(Note);
        Assert.False((await PayAsync(ledger, "t-9")).Replayed);
    }

    [Fact]
    public async Task A_word_that_another_process_had_counts_for_this_one_too()
    {
        await LoseAsync("garbage");
        await using var ledger = await OpenAsync();
        await Assert.ThrowsAsync<StoreCorruptException>(() => PayAsync(ledger, "t-3"));
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1", "--accept-rollback");
        Assert.False((await PayAsync(ledger, "t-3")).Replayed);
    }

    [Fact]
    public async Task No_ledger_is_begun_anew_beside_a_note_that_cannot_be_read()
    {
        await PayAsync(2);
        foreach (var file in Directory.GetFiles(_directory.Path, "bank.db*")) File.Delete(file);
        await File.WriteAllTextAsync(Note, "?", Stop);
        var run = await CommandRun.OnAsync(Bank, "init");
        Assert.Equal(3, run.Status);
        Assert.Contains($"there is no {Bank}, but ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Bank));
    }

    [Fact]
    public async Task The_first_note_is_whole_whenever_it_is_seen()
    {
        await using (var ledger = await OpenAsync()) await PayAsync(ledger, "t-1");
        Assert.Equal(["lock", "tip"], Directory.GetFiles(Bank + ".index").Select(Path.GetFileName)
            .Where(file => file is not "turn").Order(StringComparer.Ordinal));
        File.Delete(Note);
        // A program was killed while it made the note.
        await File.WriteAllTextAsync(Note + ".new", "ha", Stop);
        await using var again = await OpenAsync();
        Assert.False((await PayAsync(again, "t-9")).Replayed);
        Assert.True(File.Exists(Note));
        Assert.False(File.Exists(Note + ".new"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Verifying_says_that_another_block_was_known_here(int more)
    {
        await PayAsync(2);
        var other = _directory.File("other.db");
        File.Copy(Bank, other);
        await using (var ledger = await OpenAsync()) await PayAsync(ledger, "t-here");
        await using (var ledger = await LocalLedger.OpenAsync(other, new LedgerOptions(), Stop))
            for (var number = 0; number < more; number++) await PayAsync(ledger, $"t-there-{number}");
        foreach (var file in Directory.GetFiles(_directory.Path, "bank.db*")) File.Delete(file);
        File.Copy(other, Bank);

        var run = await CommandRun.OnAsync(Bank, "verify", "--json");
        Assert.Equal(1, run.Status);
        Assert.False(run.Json.GetProperty("is_clean").GetBoolean());
        var fault = run.Json.GetProperty("faults").EnumerateArray().Single();
        Assert.Equal(3, fault.GetProperty("height").GetInt32());
        Assert.Contains("another block than the one that was known here",
            fault.GetProperty("message").GetString(), StringComparison.Ordinal);

        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1", "--accept-rollback");
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task Verifying_believes_a_word_that_was_given_elsewhere_and_not_the_note_of_another_ledger()
    {
        await LoseAsync("");
        Directory.Move(Bank + ".index", _directory.File("kept"));
        Directory.CreateDirectory(Bank + ".index");
        File.Copy(_directory.File("kept/tip"), Note);
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1", "--accept-rollback");
        Directory.Delete(Bank + ".index", recursive: true);
        Directory.Move(_directory.File("kept"), Bank + ".index");
        await CommandRun.DoneAsync(Bank, "verify");

        var other = _directory.File("other.db");
        await using (var ledger = await LocalLedger.OpenAsync(other, new LedgerOptions(), Stop))
            await PayAsync(ledger, "t-1");
        File.Copy(Note, other + ".index/tip", overwrite: true);
        var run = await CommandRun.DoneAsync(other, "verify");
        Assert.Contains("made for another ledger than", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Makes six blocks, puts back the copy of two, and damages the note.</summary>
    private async Task LoseAsync(string damage)
    {
        await PayAsync(2);
        var copy = _directory.File("copy.db");
        File.Copy(Bank, copy);
        await using (var ledger = await OpenAsync())
            for (var number = 3; number < 7; number++) await PayAsync(ledger, $"t-{number}");
        foreach (var file in Directory.GetFiles(_directory.Path, "bank.db*")) File.Delete(file);
        File.Move(copy, Bank);
        var note = await File.ReadAllBytesAsync(Note, Stop);
        if (Damaged(note, damage) is { } bytes) await File.WriteAllBytesAsync(Note, bytes, Stop);
    }

    private static byte[]? Damaged(byte[] note, string damage)
    {
        switch (damage)
        {
            case "empty": return [];
            case "garbage": return "what is this"u8.ToArray();
            case "a part": return note[..100];
            case "zeros": return new byte[note.Length];
            case "too long": return [.. note, .. note];
            case "another digit":
                note[9] ^= 1;
                return note;
            default: return null;
        }
    }

    private async Task PayAsync(int blocks)
    {
        await using var ledger = await OpenAsync(rowsMax: 1);
        for (var number = 1; number <= blocks; number++) await PayAsync(ledger, $"t-{number}");
    }

    private Task<LocalLedger> OpenAsync(LedgerOptions? options = null, int rowsMax = 250_000) =>
        LocalLedger.OpenAsync(Bank, (options ?? new LedgerOptions()) with
        {
            IndexSizes = new IndexSizes { RowsMax = rowsMax },
        }, Stop);

    private static Task<Transfer> PayAsync(LocalLedger ledger, string id) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), id, Stop);
}
