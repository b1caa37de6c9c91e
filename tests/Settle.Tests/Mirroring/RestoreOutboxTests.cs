using System.Text;
using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>What was sent since a backup stands beside the chain, and is not forgotten.</summary>
public sealed class RestoreOutboxTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    private string Saved => _folder.File("saved.db");

    private string Sent => _folder.File("sent.txt");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_since_the_backup_is_not_sent_again(bool isNewer)
    {
        if (OperatingSystem.IsWindows()) return;
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await SendAsync("1 sent");
        if (isNewer) await CommandRun.DoneAsync(Saved, "transfer", "@world", "Alex", "1");
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank);
        await SendAsync("0 sent");
        Assert.Equal(["2026-000001"], await File.ReadAllLinesAsync(Sent, Stop));
        Assert.Contains("done", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--all")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_is_lost_does_not_keep_the_next_one_with_its_number_from_being_sent()
    {
        if (OperatingSystem.IsWindows()) return;
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await CommandRun.DoneAsync(Bank, "charge", "dave", "3", "tea", "--date", "2026-11-02");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-11");
        await SendAsync("2 sent");
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        await CommandRun.DoneAsync(Bank, "charge", "dave", "5", "wine", "--date", "2026-11-02",
            "--accept-rollback");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-11");
        await SendAsync("1 sent");
        Assert.Equal(["2026-000001", "2026-000002", "2026-000002"],
            (await File.ReadAllLinesAsync(Sent, Stop)).Order());
    }

    [Fact]
    public async Task A_note_that_cannot_be_read_is_named_and_not_kept_and_keeps_nothing_else_from_its_place()
    {
        if (OperatingSystem.IsWindows()) return;
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await SendAsync("1 sent");
        const string Damaged = "outbox:fax:2026-000001:1";
        await PutAsync(Bank, Damaged, "{\"token");
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank);
        Assert.Contains($"warning: documents beside the chain that cannot be read in {Bank}, which is replaced, "
            + $"were left out: {Damaged}", run.Error, StringComparison.Ordinal);
        Assert.Null(await FindAsync(Bank, Damaged));
        await SendAsync("0 sent");
        await PutAsync(Bank, Damaged, "{\"token");
        run = await CommandRun.DoneAsync(Bank, "backup", Saved);
        Assert.Contains(Damaged, run.Error, StringComparison.Ordinal);
        Assert.Equal("{\"token", await FindAsync(Saved, Damaged));
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task Where_nothing_is_there_to_compare_with_what_is_not_known_is_said()
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        const string Unknown = "mails that were sent since then would be sent again";
        Assert.DoesNotContain("warning", (await CommandRun.DoneAsync(Bank, "restore", Saved, Bank)).Error,
            StringComparison.Ordinal);
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, _folder.File("new.db"));
        Assert.Contains($"warning: there was no {_folder.File("new.db")}, so it is not known", run.Error,
            StringComparison.Ordinal);
        Assert.Contains(Unknown, run.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Bank, "a letter", Stop);
        run = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace", "--json");
        Assert.Contains(Unknown, run.Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        var plain = _folder.File("plain.db");
        await BackupTests.FillAsync(plain, 0, 2);
        run = await CommandRun.DoneAsync(Bank, "restore", plain, _folder.File("other.db"));
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_was_asked_for_since_the_backup_is_not_forgotten()
    {
        await InvoiceAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-09", "--id", "r1");
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank);
        var run = await CommandRun.OnAsync(Bank, "invoice", "--through", "2026-10", "--id", "r1");
        Assert.Contains("id_reused", run.Error, StringComparison.Ordinal);
    }

    private static async Task PutAsync(string path, string id, string body)
    {
        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite, Stop);
        await using var beside = ((IStore)store).OpenSideDocuments(isReadOnly: false);
        await beside.CreateAsync([new Document(id, Encoding.UTF8.GetBytes(body))], Stop);
    }

    private static async Task<string?> FindAsync(string path, string id)
    {
        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadOnly, Stop);
        await using var beside = ((IStore)store).OpenSideDocuments(isReadOnly: true);
        return await beside.GetAsync(id, Stop) is { } body ? Encoding.UTF8.GetString(body.Span) : null;
    }

    [Theory]
    [InlineData("outbox:mail:2026-000001:1", "2026-000001")]
    [InlineData("outbox:mail:2026-000001:12:end", "2026-000001")]
    [InlineData("outbox:fax:R2:nn:EUR:1:end", "R2:nn:EUR")]
    [InlineData("outbox:fax:R2:end:3", "R2:end")]
    [InlineData("outbox:fax", "")]
    public void The_number_is_read_from_the_id_of_a_document(string id, string number) =>
        Assert.Equal(number, Settle.Billing.InvoiceOutbox.NumberIn(id));

    private async Task InvoiceAsync()
    {
        await using var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000));
    }

    private async Task SendAsync(string says)
    {
        var program = _folder.File("send.sh");
        if (!File.Exists(program))
        {
            await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $SETTLE_INVOICE >> '{Sent}'\n", Stop);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var run = await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", program);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
    }
}
