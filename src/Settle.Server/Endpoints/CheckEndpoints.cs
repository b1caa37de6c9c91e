namespace Settle.Server;

/// <summary><c>/check</c></summary>
internal static class CheckEndpoints
{
    private static readonly string[] Types =
        [RequestBody.Xml, "application/pdf", RequestBody.Bytes];

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.On(HttpMethods.Post, "/check", ApiRole.Reader, CheckAsync)
            .Named("check_invoice", "Check an electronic invoice",
                "Anybody's: UBL or CII, or a PDF file with one inside (Factur-X, ZUGFeRD). Says "
                + "which rules it breaks, and what was not checked. Nothing is recorded.")
            .TakesFile(Types, BillingExamples.ElectronicInvoice)
            .Gives<InvoiceCheck>(200, "What the rules say, whether it breaks them or not.")
            .Refuses(400, 413, 415);

    private static async Task<IResult> CheckAsync(LedgerCall call)
    {
        using var body = await RequestBody.ReadFileAsync(call.Context, Types).ConfigureAwait(false);
        return Routes.Json(await call.InTurnAsync(WorkKind.BankStatement, () =>
        {
            using var file = body.Open();
            return Task.FromResult(InvoiceChecker.Check(file, call.Stop));
        }).ConfigureAwait(false));
    }
}
