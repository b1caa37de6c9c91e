using System.Text;
using Settle.Local;
using Settle.Tests.Local;
using Settle.Tests.Server;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>Payments that a bank takes back become charge-backs, each once.</summary>
public sealed class BankReturnTests : IAsyncLifetime
{
    private const string First = "2026-000001";

    private LocalLedger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await MemoryLedger.OpenAsync();
        await BillingServerFixture.InvoiceAsync(_ledger, ("dave", 1000), ("alex", 2000));
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Theory]
    [InlineData("<RvslInd>true</RvslInd>", "")]
    [InlineData("", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")]
    [InlineData("", "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd>")]
    [InlineData("", "<BkTxCd><Prtry><Cd>NDDT+109+9248+992</Cd></Prtry></BkTxCd>")]
    public async Task A_returned_debit_takes_back_the_payment_of_the_invoice_it_names(string more, string details)
    {
        await ImportAsync(Camt053(Line("11.90", $"RE {First}"), "S1"));
        Assert.Equal(0, await OpenAsync());
        var returned = Camt053(Line("11.90", $"RETURN RE {First}", "2026-11-20", more, "DBIT", details), "S2");
        var line = Assert.Single((await ImportAsync(returned)).Lines);
        Assert.Equal(BankLineStatus.Posted, line.Status);
        Assert.Equal("EUR 11.90", $"{line.Chargebacks[0].Amount.Asset} {line.Chargebacks[0].Amount.Digits}");
        Assert.Equal(1190, await OpenAsync());
        Assert.Equal(BankLineStatus.Known, Assert.Single((await ImportAsync(returned)).Lines).Status);
        Assert.Equal(1190, await OpenAsync());
    }

    [Theory]
    [InlineData("InstdAmt")]
    [InlineData("TxAmt")]
    public async Task What_the_bank_asks_for_is_the_fee_of_the_charge_back(string original)
    {
        await ImportAsync(Camt053(Line("11.90", $"RE {First}", details: Payer), "S1"));
        var line = Assert.Single((await ImportAsync(Camt053(Line("14.90", "Rücklastschrift", "2026-11-20",
            "<RvslInd>true</RvslInd>", "DBIT", $"{Payer}<AmtDtls><{original}><Amt Ccy=\"EUR\">11.90</Amt></{original}></AmtDtls>"),
            "S2"))).Lines);
        Assert.Equal(BankLineStatus.Posted, line.Status);
        Assert.Equal("3.00", line.Chargebacks[0].Fee!.Value.Digits);
        Assert.Equal(1190, await OpenAsync());
        Assert.Equal(300, (await _ledger.Billing.GetChargeAsync(line.Id, Stop))!.Amount.Units);
    }

    [Fact]
    public async Task A_return_in_MT940_takes_back_a_payment_that_came_in_camt()
    {
        await ImportAsync(Camt053(Line("11.90", $"RE {First}"), "S1"));
        var mt940 = $":20:S1\n:25:{Iban}\n:28C:12/1\n:60F:C261119EUR20,00\n:61:2611201120RC11,90NRTINONREF\n"
            + $":86:109?00RUECKLASTSCHRIFT?20SVWZ+RE {First}\n:62F:C261120EUR8,10\n";
        Assert.Equal(BankLineStatus.Posted, Assert.Single((await ImportAsync(mt940)).Lines).Status);
        Assert.Equal(1190, await OpenAsync());
    }

    [Fact]
    public async Task A_return_that_names_nothing_or_another_amount_is_a_persons()
    {
        await ImportAsync(Camt053(Line("11.90", $"RE {First}"), "S1"));
        var part = Camt053(Line("5.00", $"RE {First}", "2026-11-20", "<RvslInd>true</RvslInd>", "DBIT"), "S2");
        var silent = Camt053(Line("11.90", "sorry", "2026-11-20", "<RvslInd>true</RvslInd>", "DBIT"), "S3");
        var unknown = Camt053(Line("77.00", "sorry", "2026-11-20", "<RvslInd>true</RvslInd>", "DBIT"), "S4");
        foreach (var (file, back) in new[] { (part, 500L), (silent, 1190L), (unknown, 0L) })
        {
            var report = await ImportAsync(file);
            var line = Assert.Single(report.Lines);
            Assert.Equal((BankLineStatus.Doubtful, 1), (line.Status, report.Doubtful));
            Assert.Equal(back, line.Chargebacks.Sum(each => (long)each.Amount.Units));
        }
        Assert.Equal(0, await OpenAsync());
    }

    [Fact]
    public async Task A_return_of_several_payments_that_an_import_left_half_posted_is_finished()
    {
        await ImportAsync(Camt053(Line("35.70", $"{First} 2026-000002"), "S1"));
        var returned = Camt053(Line("35.70", $"{First} 2026-000002", "2026-11-20", "<RvslInd>true</RvslInd>", "DBIT"), "S2");
        var planned = Assert.Single((await ImportAsync(returned, post: false)).Lines);
        Assert.Equal((BankLineStatus.Certain, 2), (planned.Status, planned.Chargebacks.Count));
        await _ledger.Billing.ChargebackAsync(new ChargebackRequest
            { Id = $"{planned.Id}/2", Payment = planned.Chargebacks[1].Payment, Amount = planned.Chargebacks[1].Amount }, Stop);
        Assert.Equal(BankLineStatus.Posted, Assert.Single((await ImportAsync(returned)).Lines).Status);
        Assert.Equal(1190, await OpenAsync());
        Assert.Equal(2380, await OpenAsync("2026-000002"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_return_in_the_file_of_its_payment_is_posted_in_either_order(bool newestFirst)
    {
        var (paid, back) = (Paid("2026-11-03"), Back("2026-11-05"));
        var file = Camt053(newestFirst ? back + paid : paid + back, "S1");
        var planned = await ImportAsync(file, post: false);
        Assert.All(planned.Lines, line => Assert.Equal(BankLineStatus.Certain, line.Status));
        var report = await ImportAsync(file);
        Assert.Equal((2, 0), (report.Posted, report.Doubtful));
        Assert.Equal(newestFirst, report.Lines[0].Amount.IsNegative);
        Assert.Equal(1190, await OpenAsync());
        Assert.Equal((0, 2), await CountAsync(file));
    }

    [Fact]
    public async Task A_payment_that_went_back_is_not_taken_back_again()
    {
        await ImportAsync(Camt053(Paid("2026-11-03"), "S1"));
        await ImportAsync(Camt053(Back("2026-11-05"), "S2"));
        var again = Assert.Single((await ImportAsync(Camt053(Back("2026-11-07"), "S3"))).Lines);
        Assert.Equal((BankLineStatus.Doubtful, 0), (again.Status, again.Chargebacks.Count));
        // Sent again by the same reference, it comes back again.
        Assert.Equal((1, 0), await CountAsync(Camt053(Paid("2026-11-08"), "S4")));
        Assert.Equal((1, 0), await CountAsync(Camt053(Back("2026-11-09"), "S5")));
        Assert.Equal(1190, await OpenAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_of_a_payment_is_what_a_bank_takes_back(bool isRefund)
    {
        await ImportAsync(Camt053(Paid("2026-11-03"), "S1"));
        var payment = (await _ledger.Billing.ListPaymentsAsync(new PaymentQuery(), Stop)).Items.Single();
        Assert.Null(payment.Returned);
        if (isRefund)
            await _ledger.Billing.RefundAsync(new RefundRequest { Customer = "dave", Payment = payment.Id, Amount = Minor(500) }, Stop);
        else
            await _ledger.Billing.ChargebackAsync(new ChargebackRequest { Payment = payment.Id, Amount = Minor(500) }, Stop);
        payment = (await _ledger.Billing.GetPaymentAsync(payment.Id, Stop))!;
        Assert.Equal(500, payment.Returned!.Value.Units);
        var whole = Assert.Single((await ImportAsync(Camt053(Back("2026-11-28"), "S2"))).Lines);
        Assert.Equal((BankLineStatus.Doubtful, 690), (whole.Status, (int)whole.Chargebacks[0].Amount.Units));
        Assert.Equal((1, 0), await CountAsync(Camt053(Back("2026-11-28", "6.90"), "S3")));
        Assert.Equal(1190, await OpenAsync());
    }

    private const string Payer = "<Refs><EndToEndId>E2E-000077</EndToEndId></Refs>";

    private static string Paid(string day) => Line("11.90", $"RE {First}", day, details: Payer);

    private static string Back(string day, string amount = "11.90") =>
        Line(amount, "Rücklastschrift", day, "<RvslInd>true</RvslInd>", "DBIT", Payer);

    [Fact]
    public async Task A_line_without_reference_that_says_the_same_as_a_posted_one_is_not_posted_by_itself()
    {
        await ImportAsync(Camt053(Line("11.90", $"RE {First}"), "S1"));
        var payment = (await _ledger.Billing.ListPaymentsAsync(new PaymentQuery(), Stop)).Items.Single();
        await _ledger.Billing.ChargebackAsync(new ChargebackRequest { Payment = payment.Id }, Stop);
        var line = Assert.Single((await ImportAsync(Camt053(Line("11.90", $"RE {First}"), "S2"))).Lines);
        Assert.Equal(BankLineStatus.Doubtful, line.Status);
        Assert.Contains("another statement", line.Reason, StringComparison.Ordinal);
        Assert.Equal(1190, await OpenAsync());
    }

    [Fact]
    public async Task A_line_of_an_intraday_report_and_its_statement_is_posted_once()
    {
        var line = Line("11.90", $"RE {First}", more: Reference("A-2026-77"));
        Assert.Equal(1, (await ImportAsync(Camt052(line))).Posted);
        Assert.Equal((0, 1), await CountAsync(Camt054(line)));
        Assert.Equal((0, 1), await CountAsync(Camt053(line)));
        Assert.Equal(0, await OpenAsync());
    }

    [Fact]
    public async Task The_number_of_a_credit_note_is_not_its_invoices()
    {
        await _ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Reason = "wrong" }, Stop);
        var credit = (await _ledger.Billing.ListInvoicesAsync(new InvoiceQuery(), Stop)).Items
            .Single(each => each.Kind == InvoiceType.CreditNote).Number;
        var line = Assert.Single((await ImportAsync(Camt053(Line("11.90", $"Gutschrift {credit}"), "S1"))).Lines);
        Assert.NotEqual(BankLineStatus.Posted, line.Status);
        Assert.Contains($"credit note {credit}", line.Reason, StringComparison.Ordinal);
    }

    private async Task<(int Posted, int Known)> CountAsync(string text)
    {
        var report = await ImportAsync(text);
        return (report.Posted, report.Known);
    }

    private Task<BankReport> ImportAsync(string text, bool post = true) => BankStatements.ImportAsync(
        _ledger, new MemoryStream(Encoding.UTF8.GetBytes(text)), post, cancellationToken: Stop);

    private async Task<long> OpenAsync(string number = First) =>
        (long)(await _ledger.Billing.GetInvoiceAsync(number, Stop))!.Open.Units;
}
