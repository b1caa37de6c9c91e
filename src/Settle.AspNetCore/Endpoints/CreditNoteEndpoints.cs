namespace Settle.Server;

/// <summary><c>/credit-notes</c></summary>
internal static class CreditNoteEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.Post<CreditRequest, Invoice>("/credit-notes",
            (call, body) => call.Billing.CreditAsync(body, call.Stop))
            .Named("credit", "Credit an invoice",
                "All of it or a part. An invoice is never edited: credit it and bill again.")
            .Takes<CreditRequest>(BillingExamples.Credit)
            .Gives<Invoice>(201, "The credit note.");
}
