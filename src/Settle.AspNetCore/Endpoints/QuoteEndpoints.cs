namespace Settle.Server;

/// <summary><c>/quotes</c></summary>
internal static class QuoteEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<QuoteRequest, Quote>("/quotes",
            (call, body) => call.Billing.QuoteAsync(body, call.Stop))
            .Named("quote", "Offer something to a customer",
                "Under a number of a series of its own. Nothing is booked; its lines are the "
                + "charges `id:1`, `id:2` and so on, which are open once it is accepted.")
            .Takes<QuoteRequest>(BillingExamples.Quote)
            .Gives<Quote>(201, "The quote.");
        ledger.List("/quotes", ListAsync)
            .Named("list_quotes", "List quotes", "Newest first.")
            .Knows(new QueryParameter("customer", "string", "Only those to this customer.", "dave"),
                new QueryParameter("status", "string",
                    "Only those that are `open`, `accepted`, `declined` or `expired`.", "open"),
                QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Quote>>(200, "A page of quotes, without lines, seller and customer.");
        ledger.Find("/quotes/{number}", "quote",
            call => call.Billing.GetQuoteAsync(call["number"], call.Stop))
            .Named("get_quote", "Read a quote", "With its lines, the seller and the customer.")
            .Gives<Quote>(200, "The quote.");
        ledger.Post<QuoteAnswerRequest, Quote>("/quotes/{number}/accept", (call, body) =>
            call.Billing.AcceptQuoteAsync(call["number"], body, call.Stop))
            .Named("accept_quote", "Record that a customer accepts a quote",
                "Once. In the same moment its lines are open charges, for the day of the answer. "
                + "One that has expired is accepted with `late` only.")
            .Takes<QuoteAnswerRequest>(BillingExamples.QuoteAccepted)
            .Gives<Quote>(201, "The quote, accepted.");
        ledger.Post<QuoteAnswerRequest, Quote>("/quotes/{number}/decline", (call, body) =>
            call.Billing.DeclineQuoteAsync(call["number"], body, call.Stop))
            .Named("decline_quote", "Record that a customer declines a quote",
                "It is never accepted then.")
            .Takes<QuoteAnswerRequest>(BillingExamples.QuoteDeclined)
            .Gives<Quote>(201, "The quote, declined.");
    }

    private static Task<Page<Quote>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListQuotesAsync(new QuoteQuery
        {
            Customer = call.Text("customer"),
            Status = call.Text("status") is { } status
                ? Words<QuoteStatus>.Parse("status", status) : null,
            Limit = page.Limit,
            After = page.After,
        }, call.Stop);
    }
}
