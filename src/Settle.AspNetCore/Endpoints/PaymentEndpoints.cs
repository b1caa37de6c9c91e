namespace Settle.Server;

/// <summary><c>/payments</c></summary>
internal static class PaymentEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.Post<PaymentRequest, Payment>("/payments",
            (call, body) => call.Billing.PayAsync(body, call.Stop))
            .Named("pay", "Record a payment",
                "For one invoice, or for a customer: then it pays the oldest first, and what is "
                + "left is used by the next invoices. Or a debt that is written off.")
            .Takes<PaymentRequest>(BillingExamples.Payment)
            .Gives<Payment>(201, "The payment, with the invoices that it pays.");
}
