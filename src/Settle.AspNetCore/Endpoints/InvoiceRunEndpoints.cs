namespace Settle.Server;

/// <summary><c>/invoice-runs</c></summary>
internal static class InvoiceRunEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.Post<InvoiceRunRequest, InvoiceRun>("/invoice-runs", (call, body) =>
            SettleApi.Of(call.Context).Runs.RunAsync(call.Ledger, body, call.Stop))
            .Named("invoice", "Invoice what is open",
                "One invoice per customer and asset for all charges up to a day that no invoice "
                + "bills. Repeating it with its id gives the same answer, even while it is under "
                + "way. A customer that cannot be invoiced is in `parked`, with the reason.")
            .Takes<InvoiceRunRequest>(BillingExamples.Run)
            .Gives<InvoiceRun>(200, "What it made, or would make in a dry run.")
            .DisableRequestTimeout();
}
