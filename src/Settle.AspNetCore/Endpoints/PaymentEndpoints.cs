namespace Settle.Server;

/// <summary>
/// <c>/opening-invoices</c>, <c>/payments</c>, <c>/refunds</c> and <c>/chargebacks</c>
/// </summary>
internal static class PaymentEndpoints
{
    private static readonly QueryParameter[] ListParameters =
    [
        new("customer", "string", "Only those of this customer.", "dave"),
        new("from", "string", "Of this day or later.", "2026-10-01"),
        new("to", "string", "Of this day or before.", "2036-10-31"),
        QueryParameter.Limit,
        QueryParameter.After,
    ];

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<OpeningInvoiceRequest, OpeningInvoice>("/opening-invoices",
            (call, body) => call.Billing.BringInvoiceAsync(body, call.Stop))
            .Named("bring_invoice", "Bring in an open invoice from another program",
                "For a business that moves. It keeps its number, is owed and paid like any other, "
                + "and is an opening balance in the journals.")
            .Takes<OpeningInvoiceRequest>(BillingExamples.Opening)
            .Gives<OpeningInvoice>(201, "The invoice as it was brought in.");
        ledger.Post<PaymentRequest, Payment>("/payments",
            (call, body) => call.Billing.PayAsync(body, call.Stop))
            .Named("pay", "Record a payment",
                "For one invoice, or for a customer: then it pays the oldest first, and what is "
                + "left is used by the next invoices. Or a debt that is written off.")
            .Takes<PaymentRequest>(BillingExamples.Payment)
            .Gives<Payment>(201, "The payment, with the invoices that it pays.");
        ledger.List("/payments",
            call => call.Billing.ListPaymentsAsync(QueryOf(call), call.Stop))
            .Named("list_payments", "List payments and write-offs", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Payment>>(200, "A page of payments, with the invoices that each paid.");
        ledger.Find("/payments/{id}", "payment",
            call => call.Billing.GetPaymentAsync(call["id"], call.Stop))
            .Named("get_payment", "Read a payment",
                "As it was recorded, with what went back of it since and what is left.")
            .Gives<Payment>(200, "The payment.");
        ledger.Post<RefundRequest, Refund>("/refunds",
            (call, body) => call.Billing.RefundAsync(body, call.Stop))
            .Named("refund", "Give money back",
                "What the customer has paid too much, or what the named payment brought: then the "
                + "invoices that it paid are open again.")
            .Takes<RefundRequest>(BillingExamples.Refund)
            .Gives<Refund>(201, "The refund, with the invoices that are open again.");
        ledger.List("/refunds", call => call.Billing.ListRefundsAsync(QueryOf(call), call.Stop))
            .Named("list_refunds", "List refunds", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Refund>>(200, "A page of refunds, with the invoices that each opened.");
        ledger.Find("/refunds/{id}", "refund",
            call => call.Billing.GetRefundAsync(call["id"], call.Stop))
            .Named("get_refund", "Read a refund", "As it was recorded.")
            .Gives<Refund>(200, "The refund.");
        ledger.Post<ChargebackRequest, Chargeback>("/chargebacks",
            (call, body) => call.Billing.ChargebackAsync(body, call.Stop))
            .Named("chargeback", "Record that a bank took a payment back",
                "All that is left of it, or a part. The invoices that it paid are open again, and "
                + "the fee is a charge on the customer, out of scope of VAT.")
            .Takes<ChargebackRequest>(BillingExamples.Chargeback)
            .Gives<Chargeback>(201, "The charge-back, with the invoices that are open again.");
        ledger.List("/chargebacks",
            call => call.Billing.ListChargebacksAsync(QueryOf(call), call.Stop))
            .Named("list_chargebacks", "List charge-backs", "Newest first.")
            .Knows(ListParameters)
            .Gives<Page<Chargeback>>(200,
                "A page of charge-backs, with the invoices that each opened.");
        ledger.Find("/chargebacks/{id}", "charge-back",
            call => call.Billing.GetChargebackAsync(call["id"], call.Stop))
            .Named("get_chargeback", "Read a charge-back", "As it was recorded.")
            .Gives<Chargeback>(200, "The charge-back.");
    }

    private static PaymentQuery QueryOf(LedgerCall call)
    {
        var page = call.Page;
        return new PaymentQuery
        {
            Customer = call.Text("customer"),
            From = call.Day("from"),
            To = call.Day("to"),
            Limit = page.Limit,
            After = page.After,
        };
    }
}
