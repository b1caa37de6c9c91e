namespace Settle.Http;

/// <content>Quotes.</content>
internal sealed partial class HttpBilling
{
    public async Task<Quote> QuoteAsync(
        QuoteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lines = new List<QuoteLine>();
        var named = request.Asset;
        foreach (var line in request.Lines ?? [])
        {
            if (line is null)
            {
                throw new InvalidRequestException(string.Create(
                    CultureInfo.InvariantCulture, $"lines[{lines.Count}]"), "is missing");
            }
            var (amount, discount, asset) = await InMinorAsync(line.Amount, line.Discount,
                request.Asset, request.Customer, cancellationToken).ConfigureAwait(false);
            named ??= asset;
            lines.Add(line with { Amount = amount, Discount = discount });
        }
        return await WriteAsync(HttpMethod.Post, "/quotes", request.Id,
            id => request with { Id = id, Lines = lines, Asset = named },
            WireJson.Compact.QuoteRequest, WireJson.Compact.Quote,
            made => made with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public Task<Quote> AcceptQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default) =>
        AnswerAsync(quote, "accept", request, cancellationToken);

    public Task<Quote> DeclineQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default) =>
        AnswerAsync(quote, "decline", request, cancellationToken);

    public Task<Quote?> GetQuoteAsync(
        string number, CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/quotes/{Segment("number", number)}", WireJson.Compact.Quote,
            cancellationToken);

    public Task<Page<Quote>> ListQuotesAsync(
        QuoteQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/quotes" + new QueryWriter().Add("customer", query.Customer)
            .Add("status", query.Status is { } status ? Words<QuoteStatus>.Of(status) : null)
            .Add("limit", query.Limit).Add("after", query.After),
            WireJson.Compact.PageQuote, cancellationToken);
    }

    private Task<Quote> AnswerAsync(string quote, string what, QuoteAnswerRequest request,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(HttpMethod.Post, $"/quotes/{Segment("quote", quote)}/{what}", request.Id,
            id => request with { Id = id }, WireJson.Compact.QuoteAnswerRequest,
            WireJson.Compact.Quote, made => made with { Replayed = false }, cancellation);
    }
}
