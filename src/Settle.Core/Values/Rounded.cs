namespace Settle.Billing;

/// <summary>
/// Rounding of money: half a unit goes away from zero, so that a credit mirrors its invoice.
/// </summary>
internal static class Rounded
{
    public static Int128 Divide(Int128 dividend, Int128 divisor)
    {
        var magnitude = dividend < 0 ? -dividend : dividend;
        var quotient = ((magnitude * 2) + divisor) / (divisor * 2);
        return dividend < 0 ? -quotient : quotient;
    }
}
