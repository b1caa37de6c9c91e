using System.Text;
using Settle.Bank;
using Settle.Local;
using Settle.Tests.Local;
using Settle.Tests.Server;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>What a bank books of direct debits: one by one, all at once, and back.</summary>
public sealed class BankDebitTests : IAsyncLifetime
{
    private const string First = "2026-000001";
    private const string Second = "2026-000002";

    private LocalLedger _ledger = null!;
    private SepaOrder _order = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await MemoryLedger.OpenAsync();
        await BillingServerFixture.InvoiceAsync(_ledger, ("dave", 1000), ("alex", 2000));
        var billing = _ledger.Billing;
        var seller = (await billing.GetSellerAsync(Stop))!;
        await billing.PutSellerAsync(new SellerRequest
        {
            Party = seller.Party with { CreditorId = "DE98ZZZ09999999999" }, Zone = seller.Zone,
            TaxRates = seller.TaxRates, DefaultTax = seller.DefaultTax,
        }, Stop);
        foreach (var name in (string[])["dave", "alex"])
        {
            var party = (await billing.GetCustomerAsync(name, Stop))!.Party!;
            await billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = name,
                Party = party with
                {
                    Iban = "DE89370400440532013000", Mandate = $"M-{name}", MandateDate = new DateOnly(2026, 1, 2),
                },
            }, Stop);
        }
        _order = Assert.Single((await billing.DebitAsync(
            new DebitRequest { Id = "d1", Through = new DateOnly(2026, 12, 31) }, Stop)).Orders);
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_line_with_the_reference_of_a_debit_pays_its_invoice()
    {
        var line = Camt053(Line("11.90", "thanks", Day(0), details: EndToEnd(First)), "S1");
        Assert.Equal(BankLineStatus.Posted, Assert.Single((await ImportAsync(line)).Lines).Status);
        Assert.Equal((0, 2380), (await OpenAsync(First), await OpenAsync(Second)));
        Assert.Null((await _ledger.Billing.GetInvoiceAsync(First, Stop))!.DebitDate);
        Assert.NotNull((await _ledger.Billing.GetInvoiceAsync(Second, Stop))!.DebitDate);
    }

    [Theory]
    [InlineData("PmtInfId", "-1")]
    [InlineData("MsgId", "")]
    public async Task A_line_for_all_of_a_message_pays_each_invoice(string element, string part)
    {
        var file = Camt053($"""
            <Ntry><Amt Ccy="EUR">35.70</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{Day(0)}</Dt></BookgDt>
            <NtryDtls><Btch><{element}>{_order.MessageId}{part}</{element}><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>
            """, "S1");
        var line = Assert.Single((await ImportAsync(file)).Lines);
        Assert.Equal((BankLineStatus.Posted, 2), (line.Status, line.Payments.Count));
        Assert.Equal((0, 0), (await OpenAsync(First), await OpenAsync(Second)));
        Assert.Equal(BankLineStatus.Known, Assert.Single((await ImportAsync(file)).Lines).Status);
    }

    [Fact]
    public async Task A_message_in_MT940_pays_each_invoice()
    {
        var day = _order.Date.ToString("yyMMdd", null);
        var mt940 = $":20:S1\n:25:{Iban}\n:28C:12/1\n:60F:C{day}EUR0,00\n:61:{day}{day[2..]}C35,70NDDTNONREF\n"
            + $":86:192?00SEPA-BASIS-LASTSCHRIFT?20KREF+{_order.MessageId[..22]}?21{_order.MessageId[22..]}-1\n:62F:C{day}EUR35,70\n";
        Assert.Equal(BankLineStatus.Posted, Assert.Single((await ImportAsync(mt940)).Lines).Status);
        Assert.Equal((0, 0), (await OpenAsync(First), await OpenAsync(Second)));
    }

    [Fact]
    public async Task A_sum_without_a_debit_that_came_back_at_once_is_a_persons()
    {
        var file = Camt053(Line("23.80", $"{_order.MessageId}-1", Day(0)), "S1");
        Assert.Equal(BankLineStatus.Doubtful, Assert.Single((await ImportAsync(file)).Lines).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_returned_debit_is_a_charge_back_with_the_banks_fee(bool isBookedTogether)
    {
        var booked = isBookedTogether ? Line("35.70", _order.MessageId, Day(0))
            : Line("11.90", "", Day(0), details: EndToEnd(First));
        await ImportAsync(Camt053(booked, "S1"));
        var back = Line("14.90", "", Day(3), "<RvslInd>true</RvslInd>", "DBIT", EndToEnd(First)
            + """<AmtDtls><InstdAmt><Amt Ccy="EUR">11.90</Amt></InstdAmt></AmtDtls>""");
        var line = Assert.Single((await ImportAsync(Camt053(back, "S2"))).Lines);
        Assert.Equal(BankLineStatus.Posted, line.Status);
        Assert.Equal((1190, 300), ((long)line.Chargebacks[0].Amount.Units, (long)line.Chargebacks[0].Fee!.Value.Units));
        Assert.Equal(1190, await OpenAsync(First));
        Assert.Null((await _ledger.Billing.GetInvoiceAsync(First, Stop))!.DebitDate);
        Assert.Empty((await _ledger.Billing.DebitAsync(new DebitRequest { Through = new DateOnly(2027, 12, 31) }, Stop)).Orders);
    }

    private static string EndToEnd(string number) => $"<Refs><EndToEndId>{number}</EndToEndId></Refs>";

    private string Day(int later) => $"{_order.Date.AddDays(later):yyyy-MM-dd}";

    private Task<BankReport> ImportAsync(string file) => new BankImport(_ledger).RunAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(file)), posts: true, null, Stop);

    private async Task<long> OpenAsync(string number) =>
        (long)(await _ledger.Billing.GetInvoiceAsync(number, Stop))!.Open.Units;
}
