namespace Settle.Server;

/// <summary><c>/invoices</c></summary>
internal static class InvoiceEndpoints
{
    private const string Pdf = "application/pdf";
    private const string Xml = "application/xml";

    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only invoices of this customer.", "dave"),
        new("status", "string", "Only `open`, `paid`, `credited` or `written_off` ones.", "open"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Get("/invoices", ListAsync)
            .Named("list_invoices", "List invoices and credit notes", "Oldest first.")
            .Knows(ListParameters)
            .Gives<Page<InvoiceSummary>>(200, "A page of them, without their lines.");
        ledger.Find("/invoices/{number}", "invoice",
            call => call.Billing.GetInvoiceAsync(call["number"], call.Stop))
            .Named("get_invoice", "Read an invoice or a credit note", "With all its lines.")
            .Gives<Invoice>(200, "The invoice.");
        ledger.Read("/invoices/{number}.pdf", call => PaperAsync(call, InvoicePaper.Pdf, Pdf))
            .Named("get_invoice_pdf", "Read an invoice as a letter",
                "PDF/A-3, with the electronic invoice in it. The same invoice, the same bytes.")
            .GivesText(Pdf, "The letter.");
        ledger.Read("/invoices/{number}.xml", call => PaperAsync(call,
            call.Word("format", "ubl", "cii") == "ubl" ? InvoicePaper.Ubl : InvoicePaper.Cii, Xml))
            .Named("get_invoice_xml", "Read an invoice as an electronic invoice",
                "EN 16931; an XRechnung if the customer has a Leitweg-ID.")
            .Knows(new QueryParameter("format", "string", "`ubl`, or `cii` if absent.", "ubl"))
            .GivesText(Xml, "The electronic invoice.");
    }

    private static Task<Page<InvoiceSummary>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListInvoicesAsync(new InvoiceQuery
        {
            Customer = call.Text("customer"),
            Status = call.Word("status", "open", "paid", "credited", "written_off"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }

    private static async Task<IResult> PaperAsync(
        LedgerCall call, Func<Invoice, byte[]> make, string mediaType)
    {
        var number = call["number"];
        var invoice = await call.Billing.GetInvoiceAsync(number, call.Stop).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no invoice '{number}'");
        return TypedResults.Bytes(make(invoice), mediaType);
    }
}
