using System.Text.Json.Serialization.Metadata;

namespace Settle.Http;

/// <summary>Billing of a ledger behind a server, with the same safety as its transfers.</summary>
internal sealed partial class HttpBilling(HttpLedger ledger) : IBilling
{
    public async Task<Seller> PutSellerAsync(SellerRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.Dunning is not { } dunning ? request : request with
        {
            Dunning = await InMinorAsync(dunning, cancellationToken).ConfigureAwait(false),
        };
        return await WriteAsync(HttpMethod.Put, "/seller", request.Id,
            id => asked with { Id = id }, WireJson.Compact.SellerRequest, WireJson.Compact.Seller,
            seller => seller with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public Task<Seller?> GetSellerAsync(CancellationToken cancellationToken = default) =>
        ledger.FindAsync("/seller", WireJson.Compact.Seller, cancellationToken);

    public Task<Customer> PutCustomerAsync(CustomerRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(HttpMethod.Post, "/customers", request.Id, id => request with { Id = id },
            WireJson.Compact.CustomerRequest, WireJson.Compact.Customer,
            customer => customer with { Replayed = false }, cancellationToken);
    }

    public Task<Customer?> GetCustomerAsync(string customer,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/customers/{Segment("customer", customer)}", WireJson.Compact.Customer,
            cancellationToken);

    public Task<Page<Customer>> ListCustomersAsync(PageQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/customers" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageCustomer, cancellationToken);
    }

    public Task<Customer> EraseCustomerAsync(string customer,
        CancellationToken cancellationToken = default) =>
        ledger.SendAsync(HttpMethod.Delete, $"/customers/{Segment("customer", customer)}",
            $"erase:{customer}", default, WireJson.Compact.Customer, null, cancellationToken);

    public async Task<Charge> ChargeAsync(ChargeRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var charge = await InMinorAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            return await WriteAsync(HttpMethod.Post, "/charges", request.Id,
                id => charge with { Id = id }, WireJson.Compact.ChargeRequest,
                WireJson.Compact.Charge, made => made with { Replayed = false }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OutcomeUnknownException e)
        {
            var made = await ledger.AskAsync($"/charges/{Segment("id", e.Id)}",
                WireJson.Compact.Charge, e).ConfigureAwait(false);
            return made.Reason is not { } reason ? made
                : throw RejectedException.For(reason, e.Id, made.Block, replayed: false);
        }
    }

    public Task<Charge> WithdrawAsync(string charge, string? id = null,
        CancellationToken cancellationToken = default) =>
        ledger.SendAsync(HttpMethod.Delete, $"/charges/{Segment("charge", charge)}"
            + new QueryWriter().Add("id", id), id ?? $"withdraw:{charge}", default,
            WireJson.Compact.Charge, null, cancellationToken);

    public Task<Charge?> GetChargeAsync(string id, CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/charges/{Segment("id", id)}", WireJson.Compact.Charge,
            cancellationToken);

    public Task<Page<Charge>> ListChargesAsync(ChargeQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/charges" + new QueryWriter()
            .Add("customer", query.Customer)
            .Add("uninvoiced", query.Uninvoiced is { } only ? only ? "true" : "false" : null)
            .Add("from", query.From)
            .Add("to", query.To)
            .Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageCharge, cancellationToken);
    }

    public async Task<Subscription> SubscribeAsync(SubscriptionRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (amount, discount, asset) = await InMinorAsync(request.Amount, request.Discount,
            request.Asset, request.Customer, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/subscriptions", request.Id,
            id => request with { Id = id, Amount = amount, Discount = discount, Asset = asset },
            WireJson.Compact.SubscriptionRequest, WireJson.Compact.Subscription,
            subscription => subscription with { Replayed = false }, cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end,
        string? id = null, CancellationToken cancellationToken = default) =>
        WriteAsync(HttpMethod.Post,
            $"/subscriptions/{Segment("subscription", subscription)}/end", id,
            known => new SubscriptionEndBody { Id = known, End = end },
            WireJson.Compact.SubscriptionEndBody, WireJson.Compact.Subscription,
            ended => ended with { Replayed = false }, cancellationToken);

    public async Task<Subscription> RepriceSubscriptionAsync(string subscription,
        RepriceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var segment = Segment("subscription", subscription);
        // Amounts that name no asset are in the subscription's.
        var named = request.Asset ?? (await GetSubscriptionAsync(subscription, cancellationToken)
            .ConfigureAwait(false))?.Asset;
        var (amount, discount, asset) = await InMinorAsync(request.Amount, request.Discount, named,
            null, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, $"/subscriptions/{segment}/reprice", request.Id,
            id => request with { Id = id, Amount = amount, Discount = discount, Asset = asset },
            WireJson.Compact.RepriceRequest, WireJson.Compact.Subscription,
            repriced => repriced with { Replayed = false }, cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<Subscription?> GetSubscriptionAsync(string subscription,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/subscriptions/{Segment("subscription", subscription)}",
            WireJson.Compact.Subscription, cancellationToken);

    public Task<Page<Subscription>> ListSubscriptionsAsync(PageQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/subscriptions" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageSubscription, cancellationToken);
    }

    private async ValueTask<ChargeRequest> InMinorAsync(
        ChargeRequest charge, CancellationToken cancellationToken)
    {
        var (amount, discount, asset) = await InMinorAsync(charge.Amount, charge.Discount,
            charge.Asset, charge.Customer, cancellationToken).ConfigureAwait(false);
        return charge with { Amount = amount, Discount = discount, Asset = asset };
    }

    private async ValueTask<(Money? Amount, Money? Discount, string? Asset)> InMinorAsync(
        Money? amount, Money? discount, string? asset, string? customer,
        CancellationToken cancellationToken)
    {
        if (amount is { } total)
        {
            amount = await InMinorAsync("amount", total, asset, customer, null, cancellationToken)
                .ConfigureAwait(false);
        }
        if (discount is { } less)
        {
            discount = await InMinorAsync("discount", less, amount?.Asset ?? asset, customer, null,
                cancellationToken).ConfigureAwait(false);
        }
        return (amount, discount, amount?.Asset ?? discount?.Asset ?? asset);
    }

    /// <summary>
    /// An amount as the wire has it. Where no asset is named, the invoice's or the customer's is,
    /// so that the amount is of that one whatever happens meanwhile.
    /// </summary>
    private async ValueTask<Money> InMinorAsync(string field, Money amount, string? asset,
        string? customer, string? invoice, CancellationToken cancellationToken)
    {
        if (asset is null && invoice is not null)
            asset = (await GetInvoiceAsync(invoice,
                cancellationToken).ConfigureAwait(false))?.Asset;
        else if (asset is null && customer is not null)
            asset = (await GetCustomerAsync(customer,
                cancellationToken).ConfigureAwait(false))?.Asset;
        return await ledger.InMinorAsync(field, amount, asset, cancellationToken,
            allowZero: field is "discount" or "fee").ConfigureAwait(false);
    }

    private static string Segment(string field, string name) => HttpLedger.Segment(field, name);

    /// <summary>
    /// Sends a request, with an id of ours where the caller named none: then it was never sent
    /// before, however often it went over the wire.
    /// </summary>
    private async Task<TAnswer> WriteAsync<TBody, TAnswer>(HttpMethod method, string rest,
        string? id, Func<string, TBody> body, JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> answerType, Func<TAnswer, TAnswer> asFirst,
        CancellationToken cancellationToken)
        where TBody : notnull
    {
        var known = id ?? FreshIds.Next();
        var answer = await WriteAsync(
            method, rest, known, body(known), bodyType, answerType, cancellationToken)
            .ConfigureAwait(false);
        return id is null ? asFirst(answer) : answer;
    }

    /// <summary>Sends a request whose id it has had from the first try on.</summary>
    private Task<TAnswer> WriteAsync<TBody, TAnswer>(HttpMethod method, string rest, string id,
        TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken, TimeSpan? deadline = null)
        where TBody : notnull
    {
        WireTexts.CheckAll("", body, bodyType);
        return ledger.SendAsync(method, rest, id,
            JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answerType, deadline,
            cancellationToken);
    }
}
