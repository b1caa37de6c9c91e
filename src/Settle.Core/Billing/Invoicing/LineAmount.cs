namespace Settle.Billing;

/// <summary>What a quantity at a unit price comes to: rounded once.</summary>
internal static class LineAmount
{
    /// <param name="quantity">Millionths.</param>
    /// <param name="unitPrice">Millionths of the major unit.</param>
    /// <param name="scale">How many decimals the asset has.</param>
    public static Int128 Of(long quantity, long unitPrice, int scale)
    {
        var product = (Int128)quantity * unitPrice;
        var surplus = (2 * Scaled.Decimals) - scale;
        return Rounded.Divide(product, Scaled.PowerOfTen(surplus));
    }
}
