using System.Text;
using Settle.Bank;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Invoicing;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>Whoever pays what a reminder's letter asks for is reminded of nothing.</summary>
public sealed class BankReminderTests
{
    [Fact]
    public async Task A_line_with_the_number_of_a_reminder_pays_its_invoice_and_its_fee()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions(), stop);
        await ReminderTests.RemindAsync(ledger);
        var report = await new BankImport(ledger).RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(
            Camt053(Line("102.50", "2026-000001-R1", "2026-11-28"), "S1"))), posts: true, null, stop);
        var line = Assert.Single(report.Lines);
        Assert.Equal((BankLineStatus.Posted, 2), (line.Status, line.Payments.Count));
        Assert.Equal("names the reminder 2026-000001-R1 and pays the open amount", line.Reason);
        foreach (var number in (string[])["2026-000001", "2026-000001-R1"])
            Assert.True((await ledger.Billing.GetInvoiceAsync(number, stop))!.Open.IsZero);
    }
}
