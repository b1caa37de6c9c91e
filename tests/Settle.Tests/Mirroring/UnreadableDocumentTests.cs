using System.Text;
using Settle.Cli;
using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>A document beside the chain that cannot be read is named, and never outlives one that can.</summary>
public sealed class UnreadableDocumentTests : IDisposable
{
    private const string Garbage = "{\"token";

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    private string Saved => _folder.File("saved.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_names_it_each_time_and_has_the_readable_one_once_there_is_one()
    {
        foreach (var (id, body) in await FillAsync())
        {
            File.Delete(Saved);
            await PutAsync(Bank, id, Garbage);
            for (var time = 1; time <= 2; time++)
            {
                Assert.Contains("warning: documents beside the chain that cannot be read were kept as they are: "
                    + id, (await CommandRun.DoneAsync(Bank, "backup", Saved)).Error, StringComparison.Ordinal);
            }
            await PutAsync(Bank, id, body);
            var run = await CommandRun.DoneAsync(Bank, "backup", Saved);
            Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
            Assert.Equal(body, await ReadAsync(Saved, id));
            await PutAsync(Bank, id, Garbage);
            for (var time = 1; time <= 2; time++)
            {
                Assert.Contains("were left out, as the copy has readable ones: " + id,
                    (await CommandRun.DoneAsync(Bank, "backup", Saved)).Error, StringComparison.Ordinal);
                Assert.Equal(body, await ReadAsync(Saved, id));
            }
            await PutAsync(Bank, id, body);
        }
    }

    [Fact]
    public async Task A_backup_names_what_only_the_file_before_it_has()
    {
        await FillAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await PutAsync(Saved, "run:other", Garbage);
        for (var time = 1; time <= 2; time++)
        {
            Assert.Contains("run:other",
                (await CommandRun.DoneAsync(Bank, "backup", Saved)).Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Where_a_backup_is_restored_the_readable_one_of_either_file_stays(int isNewer)
    {
        var documents = await FillAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        if (isNewer != 0)
            await CommandRun.DoneAsync(isNewer > 0 ? Saved : Bank, "transfer", "@world", "Alex", "1");
        foreach (var id in documents.Keys) await PutAsync(Saved, id, Garbage);
        var run = await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.Contains($"that cannot be read in the backup were taken from {Bank}: ", run.Error,
            StringComparison.Ordinal);
        foreach (var (id, body) in documents) Assert.Equal(body, await ReadAsync(Bank, id));

        await CommandRun.DoneAsync(Bank, "backup", _folder.File("good.db"));
        foreach (var id in documents.Keys) await PutAsync(Bank, id, Garbage);
        await CommandRun.DoneAsync(Bank, "restore", _folder.File("good.db"), Bank);
        foreach (var (id, body) in documents) Assert.Equal(body, await ReadAsync(Bank, id));
    }

    [Fact]
    public async Task An_invoice_of_another_chain_does_not_repair_one_with_its_number()
    {
        await FillAsync();
        await CommandRun.DoneAsync(Bank, "backup", Saved);
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1");
        await CommandRun.DoneAsync(Saved, "transfer", "@world", "Alex", "2");
        await PutAsync(Saved, "invoice:2026-000001", Garbage);
        await CommandRun.DoneAsync(Bank, "restore", Saved, Bank, "--replace");
        Assert.Equal(Garbage, await ReadAsync(Bank, "invoice:2026-000001"));
    }

    [Fact]
    public async Task A_note_is_read_by_a_backup_as_the_outbox_reads_it()
    {
        await FillAsync();
        foreach (var (id, body) in new[]
        {
            ("outbox:mail:2026-000001:2", "{\"type\":\"outbox\"}"),
            ("outbox:mail:2026-000001:2:end", Note(null)), ("outbox:mail:2026-000001:3:end", Note("sent")),
            ("outbox:mail:2026-000001:4", Note("done")),
        })
        {
            await PutAsync(Bank, id, body);
            Assert.Contains(id, (await CommandRun.DoneAsync(Bank, "backup", Saved)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_id_is_named_with_nothing_in_it_that_cannot_be_seen()
    {
        await FillAsync();
        await PutAsync(Bank, "outbox:\u001b[31m\nü\u200b\u2028:1:1", Garbage);
        Assert.Contains(@": outbox:\u{1B}[31m\u{A}ü\u{200B}\u{2028}:1:1",
            (await CommandRun.DoneAsync(Bank, "backup", Saved)).Error, StringComparison.Ordinal);
        var run = await CommandRun.OnAsync(Bank, "outbox", "list", "--kind", "fax");
        Assert.Contains(@"mail, \u{1B}[31m\u{A}ü", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outbox:mail:2026-000001:1", "done")]
    [InlineData("outbox:mail:2026-000001:1", "retry")]
    [InlineData("outbox:mail:2026-000001:1:end", "done")]
    [InlineData("outbox:mail:2026-000001:1:end", "retry")]
    public async Task A_note_that_cannot_be_read_waits_for_a_person_and_holds_up_no_other(string id, string verb)
    {
        if (OperatingSystem.IsWindows()) return;
        var (program, sent) = (_folder.File("send.sh"), _folder.File("sent.txt"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $SETTLE_INVOICE >> '{sent}'\n", Stop);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
            await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 1000));
        await PutAsync(Bank, "outbox:mail:2026-000001:1", Note(null));
        await PutAsync(Bank, id, Garbage);
        for (var time = 1; time <= 2; time++)
        {
            var run = await CommandRun.OnAsync(Bank, "outbox", "send", "--run", program);
            Assert.Equal(ExitStatus.Refused, run.Status);
            Assert.Contains("1 stuck from before", run.Output, StringComparison.Ordinal);
            Assert.Equal(["2026-000002"], await File.ReadAllLinesAsync(sent, Stop));
        }
        var item = (await CommandRun.DoneAsync(Bank, "outbox", "list", "--json")).Json[0];
        Assert.Equal("unreadable", item.GetProperty("state").GetString());
        Assert.Contains($"the document {id} beside the chain cannot be read",
            item.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Contains("outbox done NUMBER", (await CommandRun.DoneAsync(Bank, "outbox", "list")).Output,
            StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "outbox", verb, "2026-000001");
        await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", program);
        Assert.Equal(verb == "done" ? ["2026-000002"] : ["2026-000002", "2026-000001"],
            await File.ReadAllLinesAsync(sent, Stop));
        Assert.Equal("[]", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--json")).Output.Trim());
    }

    private static string Note(string? outcome) => "{\"type\":\"outbox\",\"token\":\"t\",\"by\":\"b\","
        + "\"time\":\"2026-11-01T00:00:00Z\"" + (outcome is null ? "}" : $",\"outcome\":\"{outcome}\"}}");

    // A ledger with a document of each kind.
    private async Task<Dictionary<string, string>> FillAsync()
    {
        await using (var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop))
            await BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000));
        await CommandRun.DoneAsync(Bank, "outbox", "done", "2026-000001");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-09", "--id", "r1");
        await using var store = await SqliteStore.OpenAsync(Bank, SqliteAccess.ReadOnly, Stop);
        await using var beside = ((IStore)store).OpenSideDocuments(isReadOnly: true);
        var found = new Dictionary<string, string>();
        foreach (var prefix in new[] { "profile:", "invoice:", "outbox:", "run:r1" })
        {
            await foreach (var document in beside.ListAsync(prefix[..^1], Stop))
                found.TryAdd(document.Id, Encoding.UTF8.GetString(SideDocumentsCopy.Plain(document)));
        }
        Assert.True(found.Count >= 6, string.Join(" ", found.Keys));
        return found;
    }

    private static async Task PutAsync(string path, string id, string body)
    {
        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite, Stop);
        await using var beside = ((IStore)store).OpenSideDocuments(isReadOnly: false);
        var document = new Document(id, Encoding.UTF8.GetBytes(body));
        await beside.CreateAsync([document], Stop);
        Assert.True(await beside.TryReplaceAsync(document, (await beside.GetAsync(id, Stop))!.Value, Stop));
        Assert.False(body.Length > 0 && await beside.TryReplaceAsync(document, default, Stop));
    }

    private static async Task<string> ReadAsync(string path, string id)
    {
        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadOnly, Stop);
        await using var beside = ((IStore)store).OpenSideDocuments(isReadOnly: true);
        return Encoding.UTF8.GetString((await beside.GetAsync(id, Stop))!.Value.Span);
    }
}
