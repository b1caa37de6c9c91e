using System.Text;
using Settle.Bank;
using Settle.Local;
using Settle.Tests.Local;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>Lines of a bank statement become payments, each once.</summary>
public sealed class BankImportTests : IAsyncLifetime
{
    private const string First = "2026-000001";
    private const string Second = "2026-000002";
    private const string Third = "2026-000003";

    private static readonly string[] Customers = ["dave", "alex", "jane"];

    private LocalLedger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await MemoryLedger.OpenAsync();
        await BillingServerFixture.PrepareAsync(_ledger);
        await _ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "jane", Party = new Party { Name = "Jane", Country = "DE" },
        }, Stop);
        await BillingServerFixture.InvoiceAsync(
            _ledger, ("dave", 1000), ("alex", 2000), ("jane", 3000));
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_line_that_names_several_invoices_pays_each()
    {
        var line = Line("A", 11.90m + 23.80m + 35.70m, $"{First} {Second} {Third}");
        Assert.Equal(BankLineStatus.Posted, Assert.Single((await ImportAsync(line)).Lines).Status);
        Assert.Equal("0 0 0", await OpenAsync());
        Assert.Equal(BankLineStatus.Known, Assert.Single((await ImportAsync(line)).Lines).Status);
        Assert.Equal("0 0 0", await OwedAsync());
    }

    // What each import posts of a line with three payments before it is killed.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_line_that_an_import_left_half_posted_is_finished_and_nothing_is_paid_twice(
        int posted)
    {
        var line = Line("A", 11.90m + 23.80m + 35.70m, $"{First} {Second} {Third}");
        var id = (await ImportAsync(line, posts: false)).Lines[0].Id;
        (string Invoice, long Amount)[] parts = [(Second, 2380), (Third, 3570)];
        for (var part = 0; part < posted; part++)
        {
            await _ledger.Billing.PayAsync(new PaymentRequest
            {
                Id = $"{id}/{part + 2}", Invoice = parts[part].Invoice, Amount = Minor(parts[part].Amount),
            }, Stop);
        }
        var report = await ImportAsync(line);
        Assert.Equal(BankLineStatus.Posted, Assert.Single(report.Lines).Status);
        Assert.Equal("0 0 0", await OpenAsync());
        Assert.Equal("0 0 0", await OwedAsync());
        Assert.Equal(1, (await ImportAsync(line)).Known);
    }

    [Fact]
    public async Task A_line_whose_payment_was_refused_is_said_to_be_and_the_others_are_posted()
    {
        string[] lines = [Line("A", 11.90m, First), Line("B", 23.80m, Second)];
        var id = (await ImportAsync(lines, posts: false)).Lines[0].Id;
        await Assert.ThrowsAsync<InsufficientFundsException>(() => _ledger.Billing.PayAsync(
            new PaymentRequest { Id = id, Invoice = First, Amount = Minor(1190), From = "nobody" }, Stop));
        for (var time = 0; time < 2; time++)
        {
            var report = await ImportAsync(lines);
            Assert.Equal([BankLineStatus.Refused, time == 0 ? BankLineStatus.Posted : BankLineStatus.Known],
                report.Lines.Select(line => line.Status));
            Assert.Equal(1, report.Doubtful);
            Assert.Equal("1190 0 3570", await OpenAsync());
        }
    }

    [Fact]
    public async Task Imports_of_one_file_at_once_post_each_line_once()
    {
        string[] lines =
        [
            Line("A", 11.90m + 23.80m, $"{First}, {Second}"), Line("B", 35.70m, Third),
        ];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ImportAsync(lines))));
        Assert.Equal("0 0 0", await OpenAsync());
        Assert.Equal("0 0 0", await OwedAsync());
        Assert.Equal(2, (await ImportAsync(lines)).Known);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0000000000000000")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("0000000001")]
    [InlineData("N/A")]
    [InlineData("KEINE")]
    [InlineData("NULL")]
    [InlineData("UNKNOWN")]
    [InlineData("NOTAVAILABLE")]
    [InlineData("SEPA")]
    [InlineData("not provided")]
    public async Task A_reference_without_meaning_does_not_make_two_payments_one(string reference)
    {
        await TwinAsync();
        Assert.Equal(1, (await ImportAsync([Line(reference, 11.90m, First)], statement: "A")).Posted);
        var other = Assert.Single((await ImportAsync([Line(reference, 11.90m, Twin)], statement: "B")).Lines);
        Assert.Equal(BankLineStatus.Posted, other.Status);
        Assert.Equal(0, (long)(await _ledger.Billing.GetInvoiceAsync(Twin, Stop))!.Open.Units);
    }

    [Fact]
    public async Task A_known_id_with_another_text_or_payer_is_doubtful_and_with_less_of_it_known()
    {
        await TwinAsync();
        await ImportAsync([Line("B-4711", 11.90m, $"{First} Dave thanks")], statement: "A");
        foreach (var text in new[] { Twin, $"{First} Alex", $"{First} Dave many thanks to you" })
        {
            var report = await ImportAsync([Line("B-4711", 11.90m, text)], statement: "B");
            var isMore = text.EndsWith("you", StringComparison.Ordinal);
            Assert.Equal(isMore ? (1, 0) : (0, 1), (report.Known, report.Doubtful));
            if (!isMore) Assert.Contains("a different payer or text", report.Lines[0].Reason, StringComparison.Ordinal);
        }
        Assert.Equal(1, (await ImportAsync([Line("B-4711", 11.90m, First)], statement: "C")).Known);
        // A person posts it with the id that it is shown with, and then it is known.
        var other = (await ImportAsync([Line("B-4711", 11.90m, Twin)], statement: "B")).Lines[0];
        await _ledger.Billing.PayAsync(new PaymentRequest { Id = other.Id, Invoice = Twin, Amount = Minor(1190) }, Stop);
        Assert.Equal(1, (await ImportAsync([Line("B-4711", 11.90m, Twin)], statement: "B")).Known);
    }

    [Theory]
    [InlineData("2026-11-05", "2026-11-06")]
    [InlineData("2026-11-06", "2026-11-05")]
    [InlineData("2026-11-06", "2026-11-07")]
    public async Task A_line_with_a_known_reference_and_another_value_date_is_a_persons_to_decide(string first, string second)
    {
        await TwinAsync();
        await ImportAsync([Valued(first, First)], statement: "A");
        var report = await ImportAsync([Valued(first, First), Valued(second, Twin)], statement: "B");
        Assert.Equal((0, 1, 1), (report.Posted, report.Known, report.Doubtful));
        Assert.Contains("was posted, with another value date", report.Lines[1].Reason, StringComparison.Ordinal);
        await _ledger.Billing.PayAsync(
            new PaymentRequest { Id = report.Lines[1].Id, Invoice = Twin, Amount = Minor(1190) }, Stop);
        Assert.Equal(1, (await ImportAsync([Valued(second, Twin)], statement: "C")).Known);

        static string Valued(string day, string text) => Line("B-4711", 11.90m, text)
            .Replace("</BookgDt>", $"</BookgDt><ValDt><Dt>{day}</Dt></ValDt>", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_a_person_posted_under_its_id_is_known()
    {
        var id = (await ImportAsync(Line("B-1", 5m, First))).Lines[0].Id;
        await _ledger.Billing.PayAsync(new PaymentRequest { Id = id, Invoice = First, Amount = Minor(500) }, Stop);
        Assert.Equal(1, (await ImportAsync(Line("B-1", 5m, First))).Known);
    }

    private const string Twin = "2026-000004";

    // Another invoice of the first one's amount.
    private async Task TwinAsync()
    {
        await BillingServerFixture.InvoiceAsync(_ledger, ("alex", 1000));
        Assert.Equal(1190, (long)(await _ledger.Billing.GetInvoiceAsync(Twin, Stop))!.Open.Units);
    }

    private Task<BankReport> ImportAsync(string line, bool posts = true) =>
        ImportAsync([line], posts);

    private async Task<BankReport> ImportAsync(string[] lines, bool posts = true, string statement = "2026-11")
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
            <Id>
            """ + statement + """
            </Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
            """ + string.Concat(lines) + "</Stmt></BkToCstmrStmt></Document>"));
        return await new BankImport(_ledger).RunAsync(file, posts, null, Stop);
    }

    private static string Line(string reference, decimal amount, string text) =>
        FormattableString.Invariant($"""
            <Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
            <BookgDt><Dt>2026-11-05</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef>
            <NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """);

    private async Task<string> OpenAsync()
    {
        var open = new List<long>();
        foreach (var number in new[] { First, Second, Third })
            open.Add((long)(await _ledger.Billing.GetInvoiceAsync(number, Stop))!.Open.Units);
        return string.Join(' ', open);
    }

    // What customers owe, or have paid too much.
    private async Task<string> OwedAsync()
    {
        var balances = await _ledger.ListBalancesAsync(cancellationToken: Stop);
        return string.Join(' ', Customers.Select(customer => balances
            .Single(balance => balance.Account == $"receivable:{customer}").Amount.Units));
    }
}
