using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/credit-notes</c></summary>
internal static class CreditNoteEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/credit-notes", CreateAsync).For(ApiRole.Teller)
            .Named("credit", "Credit an invoice",
            "All of it or a part. An invoice is never edited: credit it and bill again.")
            .Takes<CreditRequest>(BillingExamples.Credit)
            .Gives<Invoice>(201, "The credit note.")
            .Gives<Invoice>(200, "It had been made before, under this id.")
            .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var note = await target
            .CreditAsync(BillingBodies.Credit(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(note, WireJson.Compact.Invoice, Answers.Status(note.Replayed));
    }
}
