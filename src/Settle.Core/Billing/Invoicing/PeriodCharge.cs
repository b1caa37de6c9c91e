namespace Settle.Billing;

/// <summary>One period of something that recurs, or days of one.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="FirstDay">The first day that it is for.</param>
/// <param name="LastDay">The last one.</param>
internal readonly record struct PeriodCharge(long Amount, int FirstDay, int LastDay)
{
    /// <summary>What days come to by their share of a whole period.</summary>
    public static long Share(long whole, int days, int periodDays) =>
        (long)Rounded.Divide((Int128)whole * days, periodDays);
}
