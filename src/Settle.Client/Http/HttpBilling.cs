using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Settle.Wire;

namespace Settle.Http;

/// <summary>Billing of a ledger behind a server, with the same safety as its transfers.</summary>
internal sealed partial class HttpBilling(HttpLedger ledger) : IBilling
{
    public async Task<Seller> SetSellerAsync(SellerRequest request,
        CancellationToken cancellation = default)
    {
        var (made, id) = (request.Id is null, request.Id ?? HttpLedger.NewId());
        var seller = await WriteAsync(HttpMethod.Put, "/seller", id, request with { Id = id },
            WireJson.Compact.SellerRequest, WireJson.Compact.Seller, cancellation)
            .ConfigureAwait(false);
        return made ? seller with { Replayed = false } : seller;
    }

    public Task<Seller?> GetSellerAsync(CancellationToken cancellation = default) =>
        ledger.FindAsync("/seller", WireJson.Compact.Seller, cancellation);

    public async Task<Customer> PutCustomerAsync(CustomerRequest request,
        CancellationToken cancellation = default)
    {
        var (made, id) = (request.Id is null, request.Id ?? HttpLedger.NewId());
        var customer = await WriteAsync(HttpMethod.Post, "/customers", id, request with { Id = id },
            WireJson.Compact.CustomerRequest, WireJson.Compact.Customer, cancellation)
            .ConfigureAwait(false);
        return made ? customer with { Replayed = false } : customer;
    }

    public Task<Customer?> GetCustomerAsync(string customer,
        CancellationToken cancellation = default) =>
        ledger.FindAsync($"/customers/{Segment("customer", customer)}", WireJson.Compact.Customer,
            cancellation);

    public Task<Page<Customer>> ListCustomersAsync(PageQuery query,
        CancellationToken cancellation = default) =>
        ledger.ReadAsync("/customers" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageCustomer, cancellation);

    public Task<Customer> EraseCustomerAsync(string customer,
        CancellationToken cancellation = default) =>
        ledger.SendAsync(HttpMethod.Delete, $"/customers/{Segment("customer", customer)}",
            $"erase:{customer}", default, WireJson.Compact.Customer, null, cancellation);

    public async Task<Charge> ChargeAsync(ChargeRequest request,
        CancellationToken cancellation = default)
    {
        var (made, id) = (request.Id is null, request.Id ?? HttpLedger.NewId());
        try
        {
            var charge = await WriteAsync(HttpMethod.Post, "/charges", id, request with { Id = id },
                WireJson.Compact.ChargeRequest, WireJson.Compact.Charge, cancellation)
                .ConfigureAwait(false);
            return made ? charge with { Replayed = false } : charge;
        }
        catch (OutcomeUnknownException e)
        {
            var charge = await ledger.AskAsync($"/charges/{Segment("id", id)}",
                WireJson.Compact.Charge, e).ConfigureAwait(false);
            return charge.Reason is null ? charge : throw RejectedException.For(
                Refusals.Parse(charge.Reason), id, charge.Block, replayed: false);
        }
    }

    public Task<Charge?> GetChargeAsync(string id, CancellationToken cancellation = default) =>
        ledger.FindAsync($"/charges/{Segment("id", id)}", WireJson.Compact.Charge, cancellation);

    public Task<Page<Charge>> ListChargesAsync(ChargeQuery query,
        CancellationToken cancellation = default) =>
        ledger.ReadAsync("/charges" + new QueryWriter()
            .Add("customer", query.Customer)
            .Add("uninvoiced", query.Uninvoiced is { } only ? only ? "true" : "false" : null)
            .Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageCharge, cancellation);

    public async Task<Subscription> SubscribeAsync(SubscriptionRequest request,
        CancellationToken cancellation = default)
    {
        var (made, id) = (request.Id is null, request.Id ?? HttpLedger.NewId());
        var subscription = await WriteAsync(HttpMethod.Post, "/subscriptions", id,
            request with { Id = id }, WireJson.Compact.SubscriptionRequest,
            WireJson.Compact.Subscription, cancellation).ConfigureAwait(false);
        return made ? subscription with { Replayed = false } : subscription;
    }

    public async Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end,
        string? id = null, CancellationToken cancellation = default)
    {
        var body = new SubscriptionEndBody { Id = id ?? HttpLedger.NewId(), End = end };
        var ended = await WriteAsync(HttpMethod.Post,
            $"/subscriptions/{Segment("subscription", subscription)}/end", body.Id, body,
            WireJson.Compact.SubscriptionEndBody, WireJson.Compact.Subscription, cancellation)
            .ConfigureAwait(false);
        return id is null ? ended with { Replayed = false } : ended;
    }

    public Task<Page<Subscription>> ListSubscriptionsAsync(PageQuery query,
        CancellationToken cancellation = default) =>
        ledger.ReadAsync("/subscriptions" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageSubscription, cancellation);

    private static string Segment(string field, string name) => HttpLedger.Segment(field, name);

    /// <summary>Sends a request whose id it has had from the first try on.</summary>
    private Task<TAnswer> WriteAsync<TBody, TAnswer>(HttpMethod method, string rest, string id,
        TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellation, TimeSpan? deadline = null)
        where TBody : notnull
    {
        WireTexts.CheckAll("", body, bodyType);
        return ledger.SendAsync(method, rest, id,
            JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answerType, deadline,
            cancellation);
    }
}
