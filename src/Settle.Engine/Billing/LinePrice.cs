namespace Settle.Billing;

/// <summary>
/// The price of one unit as an invoice shows it: times the quantity it is the line, to the cent. A
/// price that was agreed with tax seldom has a net price that does so with two decimals.
/// </summary>
internal static class LinePrice
{
    private const int DecimalsMax = 16;

    /// <summary>What all units of a line come to, before anything is taken off.</summary>
    public static Money FullOf(InvoiceLine line)
    {
        var full = line.Net + line.Discount;
        return line.CreditedBefore is { } before ? full + before : full;
    }

    /// <summary>The price, with as few decimals as it needs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="scale">How many decimals its asset has.</param>
    /// <returns>
    /// Null if no price times the quantity is the line: then only the whole line can be shown.
    /// </returns>
    public static decimal? Of(InvoiceLine line, int scale)
    {
        var full = FullOf(line).Value;
        if (line.Prices != PriceKind.Gross && Multiplies(line.UnitPrice)) return line.UnitPrice;
        if (line.Quantity == 0) return null;
        var exact = full / line.Quantity;
        for (var decimals = scale; decimals <= DecimalsMax; decimals++)
        {
            var price = Math.Round(exact, decimals, MidpointRounding.AwayFromZero);
            if (Multiplies(price)) return price;
        }
        return null;

        bool Multiplies(decimal price) => Math.Round(
            price * line.Quantity, scale, MidpointRounding.AwayFromZero) == full;
    }
}
