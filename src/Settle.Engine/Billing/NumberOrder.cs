namespace Settle.Billing;

/// <summary>
/// Whether numbers follow dates: one that comes after a later date is given all the same, because
/// a mistyped date must not block a series, but whoever made it is warned.
/// </summary>
internal static class NumberOrder
{
    /// <summary>What is odd about an invoice or credit note; null for nothing.</summary>
    public static string? Warning(BillingBook book, int invoice)
    {
        var row = book.Invoices[invoice];
        return Warning(book, book.Series.TextOf(row.Series), row.Sequence,
            DateOnly.FromDayNumber(row.Date));
    }

    /// <summary>The same for one that would get this place in a series.</summary>
    public static string? Warning(BillingBook book, string series, int sequence, DateOnly date)
    {
        var before = book.Series.TryFind(series, sequence - 1);
        if (before < 0 || book.Invoices[before].Date <= date.DayNumber) return null;
        var earlier = book.Invoices[before];
        return $"{NumberSeries.Format(series, sequence)}, dated {Days.Text(date.DayNumber)}, "
            + $"follows {book.NumberOf(earlier)}, dated {Days.Text(earlier.Date)}: "
            + "the numbers are out of the order of their dates";
    }
}
