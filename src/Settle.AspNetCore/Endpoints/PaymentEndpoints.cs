namespace Settle.Server;

/// <summary><c>/payments</c>, <c>/refunds</c> and <c>/chargebacks</c></summary>
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
        ledger.Find("/payments/{id}", "payment",
            call => call.Billing.GetPaymentAsync(call["id"], call.Stop))
            .Named("get_payment", "Read a payment", "As it was recorded.")
            .Gives<Payment>(200, "The payment.");
        ledger.Post<RefundRequest, Refund>("/refunds",
            (call, body) => call.Billing.RefundAsync(body, call.Stop))
            .Named("refund", "Give money back",
                "What the customer has paid too much, or what the named payment brought: then the "
                + "invoices that it paid are open again.")
            .Takes<RefundRequest>(BillingExamples.Refund)
            .Gives<Refund>(201, "The refund, with the invoices that are open again.");
        ledger.Post<ChargebackRequest, Chargeback>("/chargebacks",
            (call, body) => call.Billing.ChargebackAsync(body, call.Stop))
            .Named("chargeback", "Record that a bank took a payment back",
                "All that is left of it, or a part. The invoices that it paid are open again, and "
                + "the fee is a charge on the customer, out of scope of VAT.")
            .Takes<ChargebackRequest>(BillingExamples.Chargeback)
            .Gives<Chargeback>(201, "The charge-back, with the invoices that are open again.");
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
