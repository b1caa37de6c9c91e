namespace Settle.Billing;

/// <summary>
/// Whether the numbers of a new series could be taken for others: for those of credit notes, or for
/// ones that differ in case only, which many file systems take for the same.
/// </summary>
internal static class SeriesRules
{
    private static readonly (string Prefix, string What)[] Kinds =
    [
        ("", "invoices"), (NumberSeries.CreditPrefix, "credit notes"),
        (NumberSeries.QuotePrefix, "quotes"),
    ];

    /// <exception cref="InvalidRequestException">They could be taken for others.</exception>
    public static void Check(BillingBook book, string series)
    {
        if (book.DurableSeller?.Series == series) return;
        for (var i = 0; i < book.Series.Count; i++)
        {
            var text = book.Series.TextOf(i);
            var first = book.Series.TryFind(text, book.Series.FirstOf(text));
            if (first < 0 || first >= book.Invoices.DurableCount) continue;
            var isCredit = book.Invoices.Durable(first).IsCreditNote;
            foreach (var (prefix, what) in Kinds)
            {
                if (!IsAlike(prefix + series, text)
                    || (prefix == (isCredit ? NumberSeries.CreditPrefix : "")
                        && SellerState.IsOf(prefix + series, text)))
                    continue;
                throw Alike(series, what, NumberSeries.Format(text, book.Series.FirstOf(text)),
                    isCredit ? "a credit note" : "an invoice");
            }
        }
        CheckQuotes(book, series);
        if (book.DurableSeller?.Series is { } now
            && Array.Find([NumberSeries.CreditPrefix, NumberSeries.QuotePrefix], prefix =>
                IsSame(series, prefix + now) || IsSame(prefix + series, now)) is { } other)
        {
            throw Parse.Fault("series", series, "cannot be told from the "
                + (other == NumberSeries.QuotePrefix ? "quotes" : "credit notes")
                + $" of the series {now}; use another series");
        }
    }

    // Those that were given; the series of the seller's quotes goes on.
    private static void CheckQuotes(BillingBook book, string series)
    {
        for (var i = 0; i < book.QuoteSeries.Count; i++)
        {
            var text = book.QuoteSeries.TextOf(i);
            var first = book.QuoteSeries.TryFind(text, book.QuoteSeries.FirstOf(text));
            if (first < 0 || first >= book.Quotes.DurableCount) continue;
            foreach (var (prefix, what) in Kinds)
            {
                if (!IsAlike(prefix + series, text)
                    || (prefix == NumberSeries.QuotePrefix
                        && SellerState.IsOf(prefix + series, text)))
                    continue;
                throw Alike(series, what,
                    NumberSeries.Format(text, book.QuoteSeries.FirstOf(text)), "a quote");
            }
        }
    }

    private static bool IsAlike(string series, string text) =>
        SellerState.IsOf(series, text, StringComparison.OrdinalIgnoreCase);

    private static InvalidRequestException Alike(
        string series, string what, string number, string other) => Parse.Fault("series", series,
            $"would give {what} numbers that look like {number}, which is {other}; "
            + "use another series");

    private static bool IsSame(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
