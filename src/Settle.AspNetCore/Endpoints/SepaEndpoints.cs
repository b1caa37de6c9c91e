namespace Settle.Server;

/// <summary><c>/debit-runs</c>, <c>/payout-runs</c> and <c>/sepa-orders</c></summary>
internal static class SepaEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<DebitRequest, SepaRun>("/debit-runs",
            (call, body) => call.Billing.DebitAsync(body, call.Stop))
            .Named("debit", "Collect what is due by SEPA direct debit",
                "The open invoices of customers with a mandate, an order for each day. An invoice "
                + "is in one order at most. Repeating it with its id tells what it made.")
            .Takes<DebitRequest>(BillingExamples.Debit)
            .Gives<SepaRun>(200, "The orders, and what is left out.");
        ledger.Post<PayoutRequest, SepaRun>("/payout-runs",
            (call, body) => call.Billing.PayOutAsync(body, call.Stop))
            .Named("pay_out", "Pay refunds by SEPA credit transfer",
                "The named ones, or all since a day. A refund is in one order at most.")
            .Takes<PayoutRequest>(BillingExamples.Payout)
            .Gives<SepaRun>(200, "The order, and what is left out.");
        ledger.List("/sepa-orders",
            call => call.Billing.ListSepaOrdersAsync(call.Page, call.Stop))
            .Named("list_sepa_orders", "List SEPA orders", "Newest first.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<SepaOrderSummary>>(200, "A page of orders, without what is in them.");
        ledger.Find("/sepa-orders/{id}", "SEPA order",
            call => call.Billing.GetSepaOrderAsync(call["id"], call.Stop))
            .Named("get_sepa_order", "Read a SEPA order", "With all that it collects or pays.")
            .Gives<SepaOrder>(200, "The order.");
        ledger.Post<SepaCancelRequest, SepaOrder>("/sepa-orders/{id}/cancel", (call, body) =>
            call.Billing.CancelSepaOrderAsync(call["id"], body, call.Stop))
            .Named("cancel_sepa_order", "Record that a bank does not carry out an order",
                "All of it, or the named items: they can be in another order then. What was paid "
                + "is taken back by a charge-back instead.")
            .Takes<SepaCancelRequest>(BillingExamples.SepaCancel)
            .Gives<SepaOrder>(201, "The order, with what is cancelled.");
    }
}
