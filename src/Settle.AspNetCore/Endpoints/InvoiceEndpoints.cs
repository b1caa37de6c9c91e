namespace Settle.Server;

/// <summary><c>/invoices</c></summary>
internal static class InvoiceEndpoints
{
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
    }

    private static Task<Page<InvoiceSummary>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListInvoicesAsync(new InvoiceQuery
        {
            Customer = call.Text("customer"),
            Status = call.Word<InvoiceStatus>("status"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
