using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/subscriptions</c></summary>
internal static class SubscriptionEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/subscriptions", CreateAsync).For(ApiRole.Teller)
            .Named("subscribe", "Make a charge recur each month",
            "The first and the last month are charged in proportion to their days.")
            .Takes<SubscriptionRequest>(BillingExamples.Subscription)
            .Gives<Subscription>(201, "The subscription.")
            .Gives<Subscription>(200, "It had been made before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapGet("/subscriptions", ListAsync).For(ApiRole.Reader)
            .Named("list_subscriptions", "List subscriptions", "In the order of their ids.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Subscription>>(200, "A page of subscriptions.")
            .Refuses(400);
        ledger.MapPost("/subscriptions/{id}/end", EndAsync).For(ApiRole.Teller)
            .Named("end_subscription", "End a subscription", "With the last day that is charged.")
            .Takes<SubscriptionEndBody>(BillingExamples.SubscriptionEnd)
            .Gives<Subscription>(201, "The subscription, which ends.")
            .Gives<Subscription>(200, "It had been ended before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var made = await target
            .SubscribeAsync(BillingBodies.Subscription(body.Span), context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(made, WireJson.Compact.Subscription, Answers.Status(made.Replayed));
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var page = await host.Get(ledger).Billing
            .ListSubscriptionsAsync(Query.Page(context), context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(page, WireJson.Compact.PageSubscription);
    }

    private static async Task<IResult> EndAsync(HttpContext context, LedgerHost host, string ledger,
        string id)
    {
        var target = host.Get(ledger).Billing;
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var end = BillingBodies.End(body.Span);
        var ended = await target.EndSubscriptionAsync(PathNames.Decode(id, "subscription"), end.End,
            end.Id, context.RequestAborted)
            .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(ended, WireJson.Compact.Subscription, Answers.Status(ended.Replayed));
    }
}
