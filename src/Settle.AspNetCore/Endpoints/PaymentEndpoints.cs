namespace Settle.Server;

/// <summary><c>/payments</c></summary>
internal static class PaymentEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only payments of this customer.", "dave"),
        new("from", "string", "Paid on this day or later.", "2026-10-01"),
        new("to", "string", "Paid on this day or before.", "2036-10-31"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<PaymentRequest, Payment>("/payments",
            (call, body) => call.Billing.PayAsync(body, call.Stop))
            .Named("pay", "Record a payment",
                "For one invoice, or for a customer: then it pays the oldest first, and what is "
                + "left is used by the next invoices. Or a debt that is written off.")
            .Takes<PaymentRequest>(BillingExamples.Payment)
            .Gives<Payment>(201, "The payment, with the invoices that it pays.");
        ledger.List("/payments", ListAsync)
            .Named("list_payments", "List payments and write-offs", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Payment>>(200, "A page of payments, with the invoices that each paid.");
    }

    private static Task<Page<Payment>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListPaymentsAsync(new PaymentQuery
        {
            Customer = call.Text("customer"),
            From = call.Day("from"),
            To = call.Day("to"),
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
