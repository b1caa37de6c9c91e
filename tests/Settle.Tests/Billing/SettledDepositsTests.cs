using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What a run says of the deposit invoices that it names and does not settle.</summary>
public sealed class SettledDepositsTests
{
    private static readonly DateOnly Day = new(2026, 10, 5);

    [Theory]
    [InlineData("2026-000009", "deposit_not_settleable", "there is no invoice 2026-000009")]
    [InlineData("2026-000001", "deposit_not_settleable", "2026-000001 is not a deposit invoice")]
    [InlineData("2026-000002", "deposit_not_settleable",
        "119.00 EUR of 2026-000002 is open: record its payment, or credit what is open")]
    [InlineData("2026-000003", "deposit_not_settleable", "2026-000003 is alex's")]
    [InlineData("2026-000004", "exceeds_invoice", "2026-000004 brought 595.00 EUR, and the invoice comes to 119.00 EUR only: "
        + "charge the rest of the work first, or credit a part of the deposit and refund it")]
    [InlineData("2026-000005", "deposit_not_settleable", "all of 2026-000005 is credited")]
    [InlineData("2026-000006", "deposit_not_settleable", "2026-000006 is settled already, by 2026-000007")]
    [InlineData("2026-000008", "deposit_not_settleable", "2026-000008 is of 2026-12-01, and the invoice of 2026-11-30")]
    public async Task A_run_says_what_is_wrong_with_which_deposit(string number, string code, string reason)
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger);
        foreach (var isDry in (bool[])[true, false])
        {
            var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
                { Through = Day.AddDays(56), Date = Day.AddDays(56), Customer = "dave", Settles = [number], DryRun = isDry });
            var parked = Assert.Single(run.Parked);
            Assert.Equal((code, "dave"), (parked.Code, parked.Customer));
            Assert.StartsWith(reason, parked.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_bills_nothing_says_that_it_settles_nothing(bool isDry)
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger);
        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = Day, Date = Day.AddDays(56), Customer = "dave", Settles = ["2026-000004"], DryRun = isDry });
        Assert.Empty(run.Invoices);
        var parked = Assert.Single(run.Parked);
        Assert.Equal(("dave", "EUR", "nothing_to_invoice",
            "nothing is open through 2026-10-05, so no invoice settles 2026-000004: charge the work first"),
            (parked.Customer, parked.Asset, parked.Code, parked.Reason));
    }

    [Fact]
    public async Task A_run_that_bills_a_deposit_only_says_that_it_settles_none()
    {
        await using var ledger = Ledger.InMemory();
        await PrepareAsync(ledger);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = Day.AddDays(56), Date = Day.AddDays(56) });
        await ChargeAsync(ledger, "dave", 100, isDeposit: true, Day.AddDays(56));
        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = Day.AddDays(56), Date = Day.AddDays(56), Customer = "dave", Settles = ["2026-000004"] });
        Assert.StartsWith("2026-000004 brought 595.00 EUR, and only a deposit is open, which settles none: "
            + "charge the work first", Assert.Single(run.Parked).Reason, StringComparison.Ordinal);
    }

    // Dave's: 1 an invoice, 2 an unpaid deposit, 4 a paid one of 500.00, 5 a credited one, 6 one
    // that 7 settles, 8 one of December. 3 is Alex's. Open are 100.00 of November.
    private static async Task PrepareAsync(ILedger ledger)
    {
        await BillingServerFixture.PrepareAsync(ledger);
        await BillAsync(ledger, "dave", 100, isDeposit: false, Day);
        await BillAsync(ledger, "dave", 100, isDeposit: true, Day);
        await BillAsync(ledger, "alex", 100, isDeposit: true, Day);
        await BillAsync(ledger, "dave", 500, isDeposit: true, Day);
        await BillAsync(ledger, "dave", 100, isDeposit: true, Day);
        await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000005", Date = Day });
        await BillAsync(ledger, "dave", 100, isDeposit: true, Day);
        foreach (var number in (string[])["2026-000003", "2026-000004", "2026-000006"])
        {
            await ledger.Billing.PayAsync(new PaymentRequest { Invoice = number, Date = Day,
                Amount = (await ledger.Billing.GetInvoiceAsync(number))!.Amount });
        }
        await BillAsync(ledger, "dave", 100, isDeposit: false, Day, "2026-000006");
        await BillAsync(ledger, "dave", 100, isDeposit: true, new DateOnly(2026, 12, 1));
        await ledger.Billing.PayAsync(new PaymentRequest
            { Invoice = "2026-000008", Date = new DateOnly(2026, 12, 1), Amount = Money.OfMinor(11_900, null, 2) });
        await ChargeAsync(ledger, "dave", 100, isDeposit: false, Day.AddDays(56));
    }

    private static async Task BillAsync(
        ILedger ledger, string customer, int amount, bool isDeposit, DateOnly day, string? settles = null)
    {
        await ChargeAsync(ledger, customer, amount, isDeposit, day);
        Assert.Single((await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = day, Date = day,
            Customer = customer, Settles = settles is null ? null : [settles] })).Invoices);
    }

    private static Task<Charge> ChargeAsync(ILedger ledger, string customer, int amount, bool isDeposit, DateOnly day) =>
        ledger.Billing.ChargeAsync(new ChargeRequest { Customer = customer, Description = "workshop", Deposit = isDeposit,
            Amount = Money.OfMinor(amount * 100, null, 2), Date = day });
}
