namespace Settle.Server;

/// <summary><c>/subscriptions</c></summary>
internal static class SubscriptionEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<SubscriptionRequest, Subscription>("/subscriptions",
            (call, body) => call.Billing.SubscribeAsync(body, call.Stop))
            .Named("subscribe", "Make a charge recur",
                "Each month, or each week, quarter or year. The first and the last period are "
                + "charged in proportion to their days.")
            .Takes<SubscriptionRequest>(BillingExamples.Subscription)
            .Gives<Subscription>(201, "The subscription.");
        ledger.List("/subscriptions",
            call => call.Billing.ListSubscriptionsAsync(call.Page, call.Stop))
            .Named("list_subscriptions", "List subscriptions", "Ordered by id.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Subscription>>(200, "A page of subscriptions.");
        ledger.Find("/subscriptions/{id}", "subscription",
            call => call.Billing.GetSubscriptionAsync(call["id"], call.Stop))
            .Named("get_subscription", "Read a subscription", "With its prices.")
            .Gives<Subscription>(200, "The subscription.");
        ledger.Post<RepriceRequest, Subscription>("/subscriptions/{id}/reprice", (call, body) =>
            call.Billing.RepriceSubscriptionAsync(call["id"], body, call.Stop))
            .Named("reprice_subscription", "Give a subscription another price from a day on",
                "The body has the whole new price: without quantity or discount there is none. In "
                + "the middle of a period, its parts are charged by their days. What is billed "
                + "keeps its price.")
            .Takes<RepriceRequest>(BillingExamples.Reprice)
            .Gives<Subscription>(201, "The subscription with all its prices.");
        ledger.Post<SubscriptionEndBody, Subscription>("/subscriptions/{id}/end", (call, body) =>
            call.Billing.EndSubscriptionAsync(call["id"], body.End, body.Id, call.Stop))
            .Named("end_subscription", "End a subscription", "With the last day that is charged.")
            .Takes<SubscriptionEndBody>(BillingExamples.SubscriptionEnd)
            .Gives<Subscription>(201, "The subscription, which ends.");
    }
}
