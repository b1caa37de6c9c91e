using Settle.Tests.Invoicing;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Reminders on the command line.</summary>
public sealed class DunCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    private string Sent => _folder.File("sent");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await ReminderTests.RemindAsync(ledger);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Reminders_are_made_listed_shown_and_written()
    {
        var list = await CommandRun.DoneAsync(Bank, "reminders", "--customer", "ann");
        Assert.Matches(@"2026-000001-R1 +ann +2026-12-01 +2026-12-08 +1 +1 +2\.50 +102\.50 +EUR", list.Output);
        var one = await CommandRun.DoneAsync(Bank, "reminders", "2026-000001-R1");
        Assert.Contains("2026-000001 of 2026-11-01, due 2026-11-01, level 1: 100.00", one.Output, StringComparison.Ordinal);
        Assert.Contains("fee 2.50", one.Output, StringComparison.Ordinal);
        Assert.Contains("0 reminders on 2026-12-20", (await CommandRun.DoneAsync(Bank, "dun", "--date", "2026-12-20")).Output,
            StringComparison.Ordinal);
        var unknown = await CommandRun.OnAsync(Bank, "reminders", "2026-000001-R7");
        Assert.Contains("there is no reminder '2026-000001-R7'", unknown.Error, StringComparison.Ordinal);
        var folder = _folder.File("papers");
        await CommandRun.DoneAsync(Bank, "paper", "2026-000001-R1", "--output", folder);
        Assert.True(File.Exists(Path.Combine(folder, "2026-000001-R1.pdf")));
        var xml = await CommandRun.OnAsync(Bank, "paper", "2026-000001-R1", "--output", folder, "--format", "ubl");
        Assert.Contains("a reminder is a letter only", xml.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task How_reminders_are_sent_is_the_sellers()
    {
        var set = await CommandRun.DoneAsync(Bank, "seller", "--reminder", "3", "--reminder", "10=7.50",
            "--reminder-text", "2.en=Pay {total}!", "--reminder-minimum", "200", "--reminder-flat-fee", "40");
        Assert.Contains("reminders after 3, 10 (7.50) days", set.Output, StringComparison.Ordinal);
        var json = await CommandRun.DoneAsync(Bank, "seller", "--json");
        Assert.Contains("\"dunning\":{\"levels\":[{\"days\":3,\"texts\":{}},{\"days\":10,\"fee\":750,\"texts\":{\"en\":\"Pay {total}!\"}}],"
            + "\"flat_fee\":4000,\"minimum\":20000,\"asset\":\"EUR\",\"pay_within\":7}", json.Output, StringComparison.Ordinal);
        Assert.Contains("0 reminders", (await CommandRun.DoneAsync(Bank, "dun", "--date", "2027-01-20")).Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "seller", "--reminder-minimum", "0");
        await CommandRun.DoneAsync(Bank, "customer", "bob", "--no-reminders");
        var run = await CommandRun.DoneAsync(Bank, "dun", "--date", "2027-01-20", "--id", "d7");
        Assert.Contains("1 reminder on 2027-01-20, run d7", run.Output, StringComparison.Ordinal);
        var wrong = await CommandRun.OnAsync(Bank, "seller", "--reminder-text", "3.en=x");
        Assert.Contains("reminder-text: must be 1 to 2, not 3", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reminder", "x", "reminder: 'x' is not a reminder; write it as 7, after 7 days, or as 21=2.50, after 21 days for a fee of 2.50")]
    [InlineData("--reminder", "7=x", "reminder: '7=x' is not a reminder; write it as 7")]
    [InlineData("--reminder", "=5", "reminder: '=5' is not a reminder; write it as 7")]
    [InlineData("--reminder", "7=2,50", "reminder: '7=2,50' is not a reminder; write it as 7")]
    [InlineData("--reminder", "+7", "reminder: '+7' is not a reminder; write it as 7")]
    [InlineData("--reminder", "7=.5", "reminder: '7=.5' is not a reminder; write it as 7")]
    [InlineData("--reminder", "7.5", "reminder: '7.5' is not a whole number; write it with digits only, such as 100")]
    [InlineData("--reminder-text", "en=x", "reminder-text: 'en=x' is not a text of a reminder; write it as 2.de=TEXT")]
    [InlineData("--reminder-text", "x.en=x", "reminder-text: 'x' is not a whole number; write it with digits only, such as 100")]
    [InlineData("--cash-discount", ".5/10", "'.5/10' is not a cash discount; write it as 2/10")]
    [InlineData("--tax-rate", ".5", "tax_rates: must be rates in percent such as 19 or 8.1")]
    [InlineData("--reminder", "0", "reminder: must be 1 to 365, not 0")]
    [InlineData("--reminder", "99999999999999999999", "reminder: must be 1 to 365, not 99999999999999999999")]
    [InlineData("--reminder-minimum", "x", "reminder-minimum: 'x' is not an amount; write it as 50 or 50.00")]
    [InlineData("--reminder-flat-fee", "x", "reminder-flat-fee: 'x' is not an amount; write it as 50 or 50.00")]
    public async Task What_is_typed_wrong_is_quoted_with_how_it_is_written(string option, string typed, string expected)
    {
        var run = await CommandRun.OnAsync(Bank, "seller", option, typed);
        Assert.Equal(2, run.Status);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_is_sent_once_and_not_if_all_is_paid_by_then()
    {
        await CommandRun.DoneAsync(Bank, "pay", "2026-000002", "100");
        var program = _folder.File("send.sh");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntest -s \"$1\" && echo \"$SETTLE_INVOICE $2\" >> '{Sent}'\n", Stop);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var first = await CommandRun.OnAsync(Bank, "outbox", "send", "--run", program);
        Assert.Contains("2026-000002-R1 cannot be sent: invoices: are all paid by now", first.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "outbox", "done", "2026-000002-R1");
        await CommandRun.DoneAsync(Bank, "outbox", "send", "--run", program);
        Assert.Equal(["2026-000001 ann@example.com", "2026-000001-R1 ann@example.com", "2026-000002 bob@example.com"],
            (await File.ReadAllLinesAsync(Sent, Stop)).Order(StringComparer.Ordinal));
    }
}
