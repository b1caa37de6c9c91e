namespace Settle.Billing;

/// <summary>
/// Whether the numbers of a new series could be taken for others: for those of credit notes, or for
/// ones that differ in case only, which many file systems take for the same.
/// </summary>
internal static class SeriesRules
{
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
            foreach (var prefix in new[] { "", NumberSeries.CreditPrefix })
            {
                if (!SellerState.IsOf(prefix + series, text, StringComparison.OrdinalIgnoreCase)
                    || ((prefix.Length > 0) == isCredit && SellerState.IsOf(prefix + series, text)))
                    continue;
                throw Parse.Fault("series", series, "would give "
                    + (prefix.Length > 0 ? "credit notes" : "invoices") + " numbers that look like "
                    + $"{NumberSeries.Format(text, book.Series.FirstOf(text))}, which is "
                    + (isCredit ? "a credit note" : "an invoice") + "; use another series");
            }
        }
        if (book.DurableSeller?.Series is { } now
            && Array.Find([NumberSeries.CreditPrefix, NumberSeries.QuotePrefix], prefix =>
                IsSame(series, prefix + now) || IsSame(prefix + series, now)) is { } other)
        {
            throw Parse.Fault("series", series, "cannot be told from the "
                + (other == NumberSeries.QuotePrefix ? "quotes" : "credit notes")
                + $" of the series {now}; use another series");
        }
    }

    private static bool IsSame(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
