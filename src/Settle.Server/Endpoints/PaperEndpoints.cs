using Microsoft.AspNetCore.Http.HttpResults;

namespace Settle.Server;

/// <summary>
/// <c>/invoices/{number}.pdf</c> and <c>.xml</c>, <c>/reminders/{number}.pdf</c>,
/// <c>/quotes/{number}.pdf</c>,
/// <c>/customers/{customer}/statement.pdf</c> and <c>/sepa-orders/{id}.xml</c>: as they are sent.
/// </summary>
internal static class PaperEndpoints
{
    private const string Pdf = "application/pdf";
    private const string Xml = "application/xml";

    public static void Map(IEndpointRouteBuilder ledger)
    {
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
        ledger.Read("/reminders/{number}.pdf", ReminderAsync)
            .Named("get_reminder_pdf", "Read a reminder as a letter",
                "PDF/A-3, in the customer's language. The same reminder, the same bytes.")
            .GivesText(Pdf, "The letter.");
        ledger.Read("/quotes/{number}.pdf", QuoteAsync)
            .Named("get_quote_pdf", "Read a quote as a letter",
                "PDF/A-3, in the customer's language. The same quote, the same bytes.")
            .GivesText(Pdf, "The letter.");
        ledger.Read("/customers/{customer}/statement.pdf", StatementAsync)
            .Named("get_statement_pdf", "Read what a customer owes as a letter",
                "PDF/A-3, in the customer's language, with the figures of the statement.")
            .Knows(
                new QueryParameter("asset", "string", "The asset; the customer's if absent.",
                    "USD"),
                new QueryParameter("from", "string", "The first day; the beginning if absent.",
                    "2026-01-01"),
                new QueryParameter("to", "string", "The last day; today if absent.",
                    "2036-12-31"))
            .GivesText(Pdf, "The letter.");
        ledger.Read("/sepa-orders/{id}.xml", SepaAsync)
            .Named("get_sepa_file", "Read a SEPA order as the bank takes it",
                "pain.008.001.08 for direct debits, pain.001.001.09 for refunds. The same order, "
                + "the same bytes.")
            .GivesText(Xml, "The message.");
    }

    private static async Task<IResult> SepaAsync(LedgerCall call)
    {
        var id = call["id"];
        var order = await call.Billing.GetSepaOrderAsync(id, call.Stop).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no SEPA order '{id}'");
        var bytes = await call.InTurnAsync(
            WorkKind.Paper, () => Task.FromResult(SepaFile.Write(order))).ConfigureAwait(false);
        return TypedResults.Bytes(bytes, Xml);
    }

    private static async Task<IResult> ReminderAsync(LedgerCall call)
    {
        var number = call["number"];
        var reminder = await call.Billing.GetReminderAsync(number, call.Stop).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no reminder '{number}'");
        return Letter(call, await call.InTurnAsync(WorkKind.Paper,
            () => Task.FromResult(ReminderPaper.Pdf(reminder))).ConfigureAwait(false));
    }

    private static async Task<IResult> QuoteAsync(LedgerCall call)
    {
        var number = call["number"];
        var quote = await call.Billing.GetQuoteAsync(number, call.Stop).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no quote '{number}'");
        return Letter(call, await call.InTurnAsync(WorkKind.Paper,
            () => Task.FromResult(QuotePaper.Pdf(quote))).ConfigureAwait(false));
    }

    private static async Task<IResult> StatementAsync(LedgerCall call)
    {
        var customer = call["customer"];
        var letter = await call.InTurnAsync(WorkKind.Paper, () => StatementPaper.PdfAsync(
            call.Billing, customer, call.Text("asset"), call.Day("from"), call.Day("to"),
            call.Stop)).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no customer '{customer}'");
        return Letter(call, letter);
    }

    private static async Task<IResult> PaperAsync(
        LedgerCall call, Func<Invoice, byte[]> make, string mediaType)
    {
        var number = call["number"];
        var invoice = await call.Billing.GetInvoiceAsync(number, call.Stop).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no invoice '{number}'");
        var bytes = await call.InTurnAsync(WorkKind.Paper, () => Task.FromResult(make(invoice)))
            .ConfigureAwait(false);
        return mediaType == Pdf ? Letter(call, bytes) : TypedResults.Bytes(bytes, mediaType);
    }

    private static FileContentHttpResult Letter(LedgerCall call, byte[] pdf)
    {
        SecurityHeaders.LetConsoleShow(call.Context.Response.Headers);
        return TypedResults.Bytes(pdf, Pdf);
    }
}
