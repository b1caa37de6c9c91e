using Settle.Wire;

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
        ledger.MapGet("/invoices", ListAsync).For(ApiRole.Reader)
            .Named("list_invoices", "List invoices and credit notes", "Oldest first.")
            .Knows(ListParameters)
            .Gives<Page<InvoiceSummary>>(200, "A page of them, without their lines.")
            .Refuses(400);
        ledger.MapGet("/invoices/{number}", GetAsync).For(ApiRole.Reader)
            .Named("get_invoice", "Read an invoice or a credit note", "With all that it says.")
            .Gives<Invoice>(200, "The invoice.")
            .Refuses(400);
        ledger.MapGet("/invoices/{number}.pdf", PdfAsync).For(ApiRole.Reader)
            .Named("get_invoice_pdf", "Read an invoice as a letter",
            "PDF/A-3, with the electronic invoice in it. The same invoice, the same bytes.")
            .GivesText(Pdf, "The letter.")
            .Refuses(400);
        ledger.MapGet("/invoices/{number}.xml", XmlAsync).For(ApiRole.Reader)
            .Named("get_invoice_xml", "Read an invoice as an electronic invoice",
            "EN 16931; an XRechnung where the customer has a Leitweg-ID.")
            .Knows(new QueryParameter("format", "string",
                "`ubl`, or `cii` if absent.", "ubl"))
            .GivesText(Xml, "The electronic invoice.")
            .Refuses(400);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = Query.Page(context);
        var invoices = await host.Get(ledger).Billing.ListInvoicesAsync(new InvoiceQuery
        {
            Customer = Query.Text(context, "customer"),
            Status = Query.Word(context, "status", "open", "paid", "credited", "written_off"),
            Limit = page.Limit,
            After = page.After,
        }, context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(invoices, WireJson.Compact.PageInvoiceSummary);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string number) =>
        Answers.Json(await FindAsync(context, host, ledger, number).ConfigureAwait(false),
            WireJson.Compact.Invoice);

    private static async Task<IResult> PdfAsync(HttpContext context, LedgerHost host, string ledger,
        string number)
    {
        var invoice = await FindAsync(context, host, ledger, number).ConfigureAwait(false);
        return TypedResults.Bytes(InvoicePaper.Pdf(invoice), Pdf);
    }

    private static async Task<IResult> XmlAsync(HttpContext context, LedgerHost host, string ledger,
        string number)
    {
        var isUbl = Query.Word(context, "format", "ubl", "cii") == "ubl";
        var invoice = await FindAsync(context, host, ledger, number).ConfigureAwait(false);
        return TypedResults.Bytes(isUbl ? InvoicePaper.Ubl(invoice) : InvoicePaper.Cii(invoice),
            Xml);
    }

    private static async Task<Invoice> FindAsync(HttpContext context, LedgerHost host,
        string ledger, string number)
    {
        var name = PathNames.Decode(number, "number");
        return await host.Get(ledger).Billing.GetInvoiceAsync(name, context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no invoice '{name}'");
    }
}
