namespace Settle.Server;

/// <summary>
/// <c>/invoice-runs</c>, <c>/invoices</c> and <c>/credit-notes</c>
/// </summary>
internal static class InvoiceEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only invoices of this customer.", "dave"),
        new("status", "string", "Only `open`, `paid`, `credited` or `written_off` ones.", "open"),
        new("overdue", "boolean", "Only those that are open and were due before today.", "false"),
        new("from", "string", "Of this day or later.", "2026-10-01"),
        new("to", "string", "Of this day or before.", "2036-10-31"),
        new("newest_first", "boolean", "The newest first instead of the oldest.", "true"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<InvoiceRunRequest, InvoiceRun>("/invoice-runs", (call, body) =>
            SettleApi.Of(call.Context).Runs.RunAsync(call.Ledger, body, call.Stop))
            .Named("invoice", "Invoice what is open",
                "One invoice per customer and asset for all charges up to a day that no invoice "
                + "bills. Repeating it with its id gives the same answer, even while it is under "
                + "way. A customer that cannot be invoiced is in `parked`, with the reason.")
            .Takes<InvoiceRunRequest>(BillingExamples.Run)
            .Gives<InvoiceRun>(200, "What it made, or would make in a dry run.")
            .DisableRequestTimeout();
        ledger.List("/invoice-runs",
            call => call.Billing.ListInvoiceRunsAsync(call.Page, call.Stop))
            .Named("list_invoice_runs", "List invoice runs",
                "Those that made an invoice, newest first, with all that was made under their ids.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<InvoiceRunSummary>>(200, "A page of runs, without their invoices.");
        ledger.List("/invoices", ListAsync)
            .Named("list_invoices", "List invoices and credit notes",
                "Oldest first, or newest first with `newest_first=true`.")
            .Knows(ListParameters)
            .Gives<Page<InvoiceSummary>>(200, "A page of them, without their lines.");
        ledger.Find("/invoices/{number}", "invoice",
            call => call.Billing.GetInvoiceAsync(call["number"], call.Stop))
            .Named("get_invoice", "Read an invoice or a credit note", "With all its lines.")
            .Gives<Invoice>(200, "The invoice.");
        ledger.Post<CreditRequest, Invoice>("/credit-notes",
            (call, body) => call.Billing.CreditAsync(body, call.Stop))
            .Named("credit", "Credit an invoice",
                "All of it, some of its lines, or an amount. An invoice is never edited: credit it "
                + "and bill again.")
            .Takes<CreditRequest>(BillingExamples.Credit)
            .Gives<Invoice>(201, "The credit note.");
    }

    private static Task<Page<InvoiceSummary>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListInvoicesAsync(new InvoiceQuery
        {
            Customer = call.Text("customer"),
            Status = call.Word<InvoiceStatus>("status"),
            Overdue = call.Flag("overdue") ?? false,
            From = call.Day("from"),
            To = call.Day("to"),
            NewestFirst = call.Flag("newest_first") ?? false,
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
