using System.Globalization;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A manager runs the business on the page.</summary>
public sealed class ConsoleBillingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Today => DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_empty_ledger_leads_to_its_first_paid_invoice()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.InitializeAsync("EUR", cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server);

        await page.ClickAsync("Say who sends the invoices");
        foreach (var (field, value) in new[]
        {
            ("Name", "Werkbank GmbH"), ("Street", "Lindenstr. 5"), ("Postal code", "10969"), ("City", "Berlin"),
            ("VAT id", "DE123456788"), ("IBAN", "DE02120300000000202051"), ("Email", "a@werkbank.example"),
        })
            await page.FillAsync(field, value);
        await page.ClickAsync("Save");
        await page.ShowsAsync("Werkbank GmbH", "DE123456788", "19 %, 7 %");

        await page.GoAsync("bank/customers?do=new");
        foreach (var (field, value) in new[]
        {
            ("Short name", "dave"), ("Name", "Dave Miller"), ("Street", "Ringstr. 1"), ("Postal code", "12051"), ("City", "Berlin"),
        })
            await page.FillAsync(field, value);
        await page.ClickAsync("Save");
        await page.ShowsAsync("Dave Miller", "Ringstr. 1, 12051 Berlin", "No open charges.");
        await page.ClickAsync("New charge");
        await page.FillAsync("Description", "Meeting room");
        await page.FillAsync("Quantity", "2.5");
        await page.FillAsync("Unit price", "40");
        await page.ClickAsync("New charge");
        await page.ShowsAsync("Meeting room", "2.5 × 40", "100.00 EUR");

        // The run is looked at before it is made.
        await page.GoAsync("bank/run");
        await page.FillAsync("Bill through", Today);
        await page.ClickAsync("Preview");
        await page.ShowsAsync("Invoices: 1, of 1 charges.", "119.00 EUR");
        Assert.Empty((await ledger.Billing.ListInvoicesAsync(new InvoiceQuery(), Stop)).Items);
        await page.ClickAsync("Make the invoices");
        await page.ShowsAsync("Done", "000001", "119.00 EUR");

        var number = (await ledger.Billing.ListInvoicesAsync(new InvoiceQuery(), Stop)).Items.Single().Number;
        await page.GoAsync($"bank/invoices/{number}");
        await page.ClickAsync("Record a payment");
        await page.FillAsync("Amount", "19");
        await page.ClickAsync("Record a payment");
        await page.ShowsAsync("Paid 19.00 EUR");
        await page.ClickAsync("Record a payment");
        await page.ClickAsync("Record a payment");
        await page.ShowsAsync("paid");
        await page.GoAsync("bank/payments");
        await page.ShowsAsync("19.00 EUR", "100.00 EUR", number);

        // One line of it was too much: half an hour is credited.
        await page.GoAsync($"bank/invoices/{number}?do=credit");
        await page.FillAsync("What to credit", "lines");
        await page.FillAsync("Meeting room", "0.5");
        await page.ClickAsync("Credit");
        await page.ShowsAsync("Credit note", number, "23.80 EUR");
        page.HadNoFault();
    }

    [Fact]
    public async Task A_banks_file_is_looked_at_and_then_posted_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await BillingServerFixture.PrepareAsync(ledger);
        foreach (var customer in new[] { "dave", "alex" })
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Id = customer, Customer = customer, Amount = Minor(1000), Description = "Desk", Date = new DateOnly(2026, 10, 12),
            }, Stop);
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Through = new DateOnly(2026, 10, 30), Date = new DateOnly(2026, 11, 1),
        }, cancellationToken: Stop);
        var file = Path.Combine(server.Directory, "bank.xml");
        await File.WriteAllTextAsync(file, Statement(("R-1", "11.90", "alex", "Invoice 2026-000001"), ("R-2", "5.00", "Nobody", "hello")), Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/bank");

        await page.ShowsAsync("Drop a bank file here");
        await page.Browser.ChooseFileAsync("input[type=file]", file);
        await page.ShowsAsync("Sure (1)", "2026-000001", "Unknown (1)", "Nobody");
        Assert.Empty((await ledger.Billing.ListPaymentsAsync(new PaymentQuery(), Stop)).Items);
        await page.ClickAsync("Post all that is sure (1)");
        await page.ShowsAsync("Posted before (1)");
        Assert.Single((await ledger.Billing.ListPaymentsAsync(new PaymentQuery(), Stop)).Items);

        // A line that nobody can match is for whom a person says.
        await page.ClickAsync("Assign…");
        await page.FillAsync("Or customer", "dave");
        await page.ClickAsync("Post");
        await page.ShowsAsync("Posted before (2)");
        Assert.Contains((await ledger.Billing.ListPaymentsAsync(new PaymentQuery(), Stop)).Items,
            payment => payment.Customer == "dave" && payment.Amount.Units == 500);
        page.HadNoFault();
    }

    private static string Statement(params (string Reference, string Amount, string Payer, string Text)[] lines) =>
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>"
        + "<Id>2026-11</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>"
        + string.Concat(lines.Select(line =>
            $"<Ntry><Amt Ccy=\"EUR\">{line.Amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
            + $"<BookgDt><Dt>2026-11-05</Dt></BookgDt><AcctSvcrRef>{line.Reference}</AcctSvcrRef>"
            + $"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{line.Payer}</Nm></Dbtr></RltdPties>"
            + $"<RmtInf><Ustrd>{line.Text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"))
        + "</Stmt></BkToCstmrStmt></Document>";
}
