using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/payments</c></summary>
internal static class PaymentEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/payments", CreateAsync).For(ApiRole.Teller)
            .Named("pay", "Record a payment",
            "For one invoice, or for a customer: then it pays the oldest first, and what is more "
                + "than the debt is used by the next invoices. Also a debt that is written off.")
            .Takes<PaymentRequest>(BillingExamples.Payment)
            .Gives<Payment>(201, "The payment, with the invoices that it pays.")
            .Gives<Payment>(200, "It had been recorded before, under this id.")
            .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var payment = await target
            .PayAsync(BillingBodies.Payment(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(payment, WireJson.Compact.Payment, Answers.Status(payment.Replayed));
    }
}
