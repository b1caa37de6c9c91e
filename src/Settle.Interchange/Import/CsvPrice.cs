namespace Settle.Import;

/// <summary>
/// The price in a row of charges or subscriptions: an amount, or a quantity and a unit price; and a
/// discount.
/// </summary>
/// <param name="row">The row.</param>
/// <param name="scale">The decimals of its asset.</param>
internal readonly struct CsvPrice(CsvRow row, int scale)
{
    private const int DecimalsMax = 6;

    /// <exception cref="CsvFaultException">The file has no column for a price.</exception>
    public static void CheckHeader(CsvFile file)
    {
        if (file.Find("amount") < 0 && file.Find("unit_price") < 0)
            throw new CsvFaultException(new CsvFault(file.HeaderLine, "amount",
                "is missing in the header; or quantity and unit_price instead"));
    }

    public Money? Amount()
    {
        if (!row.Has("quantity") && !row.Has("unit_price"))
            return Money.InLedgersScale(
                CsvAmounts.Parse("amount", row.Bytes("amount"), scale), null);
        if (!row.Has("quantity"))
            throw new InvalidRequestException("quantity", "is missing; unit_price needs it");
        if (!row.Has("unit_price"))
            throw new InvalidRequestException("unit_price", "is missing; quantity needs it");
        if (row.Has("amount"))
            throw new InvalidRequestException("amount",
                "must be empty if there is a quantity and a unit_price");
        return null;
    }

    public decimal? Quantity() => Positive("quantity", Parse.UsualDecimals, allowZero: false);

    public decimal? UnitPrice() => Positive("unit_price", scale, allowZero: true);

    public Money? Discount() => !row.Has("discount") ? null : Money.InLedgersScale(
        CsvAmounts.Parse("discount", row.Bytes("discount"), scale, allowZero: true), null);

    private decimal? Positive(string column, int decimals, bool allowZero)
    {
        if (row.Decimal(column, decimals) is not { } value) return null;
        if (value < 0 || (value == 0 && !allowZero))
            throw Parse.Fault(column, row.Text(column)!, allowZero ? "must not be negative"
                : "must be more than zero");
        return value.Scale <= DecimalsMax ? value
            : throw Parse.Fault(
                column, row.Text(column)!, $"has more than {DecimalsMax} decimals");
    }
}
