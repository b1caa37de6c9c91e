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
