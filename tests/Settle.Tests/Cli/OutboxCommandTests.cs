using System.Diagnostics;
using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Each invoice is sent once; what is stuck waits for a person.</summary>
public sealed class OutboxCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    private string Sent => _folder.File("sent.txt");

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000), ("alex", 1000));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_invoice_is_sent_once_however_many_send()
    {
        var program = Program($"test -s \"$1\" && echo \"$SETTLE_INVOICE $2\" >> '{Sent}'");
        var runs = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => CommandRun.OnAsync(Bank, "outbox", "send", "--run", program)));
        Assert.All(runs, run => Assert.NotEqual(ExitStatus.Store, run.Status));
        await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", program);
        Assert.Equal(["2026-000001 dave@example.com", "2026-000002 alex@example.com"],
            (await File.ReadAllLinesAsync(Sent, Stop)).Order());
        Assert.Equal("[]\n", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--json"))
            .Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_kind_is_the_same_in_any_case_and_a_new_one_is_asked_for()
    {
        var program = Program($"echo $SETTLE_INVOICE >> '{Sent}'");
        await SendAsync(2);
        await SendAsync(2, "--kind", "Mail");
        foreach (var mistyped in new string[][]
            { ["send", "--run", program], ["list"], ["done", "2026-000001"], ["retry", "2026-000001"] })
        {
            var refused = await CommandRun.OnAsync(Bank, ["outbox", .. mistyped, "--kind", "mial"]);
            Assert.Equal(ExitStatus.Usage, refused.Status);
            Assert.Contains("kind: 'mial'", refused.Error, StringComparison.Ordinal);
            Assert.Contains("mail", refused.Error, StringComparison.Ordinal);
        }
        await SendAsync(4, "--kind", "Letter", "--new-kind");
        await SendAsync(4, "--kind", "letter");
        await SendAsync(4, "--kind", "LETTER", "--new-kind");
        var unknown = await CommandRun.OnAsync(Bank, "outbox", "list", "--kind", "leter");
        Assert.Contains("mail, Letter", unknown.Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--kind", "MAIL", "--json")).Output.Trim());

        async Task SendAsync(int sent, params string[] more)
        {
            await CommandRun.DoneAsync(Bank, ["outbox", "send", "--run", program, .. more]);
            Assert.Equal(sent, (await File.ReadAllLinesAsync(Sent, Stop)).Length);
        }
    }

    [Fact]
    public async Task A_kind_can_begin_with_what_was_sent_before()
    {
        await CommandRun.DoneAsync(Bank, "outbox", "done", "2026-000001", "--kind", "post", "--new-kind");
        var program = Program($"echo $SETTLE_INVOICE >> '{Sent}'");
        await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", program, "--kind", "Post");
        Assert.Equal(["2026-000002"], await File.ReadAllLinesAsync(Sent, Stop));
    }

    [Fact]
    public async Task What_fails_is_not_sent_again_before_a_person_says_so()
    {
        var failing = Program("case $SETTLE_INVOICE in *1) echo no such mailbox >&2; exit 1;; esac");
        var first = await CommandRun.OnAsync(Bank, "outbox", "send", "--run", failing);
        Assert.Equal(ExitStatus.Refused, first.Status);
        Assert.Contains("1 sent, 1 failed", first.Output);
        var working = Program($"echo $SETTLE_INVOICE >> '{Sent}'");
        var second = await CommandRun.OnAsync(Bank, "outbox", "send", "--run", working);
        Assert.Equal(ExitStatus.Refused, second.Status);
        Assert.Contains("0 sent, 0 failed, 1 stuck", second.Output);
        Assert.False(File.Exists(Sent));
        Assert.Contains("no such mailbox", (await CommandRun.DoneAsync(Bank, "outbox", "list")).Output);

        await CommandRun.DoneAsync(Bank, "outbox", "retry", "2026-000001", "--note", "typo");
        await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", working);
        Assert.Equal(["2026-000001"], await File.ReadAllLinesAsync(Sent, Stop));
        var done = await CommandRun.OnAsync(Bank, "outbox", "retry", "2026-000001");
        Assert.Equal(ExitStatus.Usage, done.Status);
        Assert.Contains("already done", done.Error);
    }

    [Fact]
    public async Task A_sender_that_is_killed_leaves_its_invoice_to_a_person()
    {
        // What a killed process leaves behind: the claim, and no end.
        var killing = Program($"echo $SETTLE_INVOICE >> '{Sent}'; kill -9 $PPID");
        using (var process = Process.Start(
            SettleProcess.Start.File, [.. SettleProcess.Start.Before, "outbox", "send", "--run", killing, "--ledger", Bank]))
            await process.WaitForExitAsync(Stop);
        var again = await CommandRun.OnAsync(Bank, "outbox", "send", "--run",
            Program($"echo $SETTLE_INVOICE >> '{Sent}'"));
        Assert.Equal(ExitStatus.Refused, again.Status);
        Assert.Contains("1 sent, 0 failed, 1 stuck", again.Output);
        Assert.Equal(["2026-000001", "2026-000002"], await File.ReadAllLinesAsync(Sent, Stop));
        Assert.Contains("claimed", (await CommandRun.DoneAsync(Bank, "outbox", "list")).Output);
        await CommandRun.DoneAsync(Bank, "outbox", "done", "2026-000001");
        Assert.Contains("0 sent, 0 failed, 0 stuck", (await CommandRun.DoneAsync(
            Bank, "outbox", "send", "--run", killing)).Output);
    }

    [Fact]
    public async Task An_invoice_that_was_made_elsewhere_has_no_mail_to_decide_about()
    {
        await CommandRun.DoneAsync(Bank, "opening", "RE-1", "dave", "10", "--date", "2026-08-31", "--due", "2026-09-14");
        foreach (var verb in (string[])["done", "retry"])
        {
            var decided = await CommandRun.OnAsync(Bank, "outbox", verb, "RE-1");
            Assert.Equal(ExitStatus.Refused, decided.Status);
            Assert.Contains("'RE-1' was made elsewhere", decided.Error);
        }
    }

    private string Program(string script)
    {
        var path = _folder.File(Path.GetRandomFileName() + ".sh");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
