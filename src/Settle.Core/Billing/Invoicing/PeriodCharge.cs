namespace Settle.Billing;

/// <summary>One period of something that recurs, or days of one.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="FirstDay">The first day that it is for.</param>
/// <param name="LastDay">The last one.</param>
internal readonly record struct PeriodCharge(long Amount, int FirstDay, int LastDay)
{
    /// <summary>
    /// What days come to by their share of a whole period: what all days up to the last one come
    /// to, less what those before come to. So parts add up to what the whole comes to.
    /// </summary>
    /// <param name="whole">What the period costs.</param>
    /// <param name="before">How many days of it count before them.</param>
    /// <param name="days">How many they are.</param>
    /// <param name="periodDays">How many the period has.</param>
    public static long Share(long whole, int before, int days, int periodDays) =>
        Share(whole, before + days, periodDays) - Share(whole, before, periodDays);

    /// <summary>What the first days that count come to; before version 9, any days.</summary>
    public static long Share(long whole, int days, int periodDays) =>
        (long)Rounded.Divide((Int128)whole * days, periodDays);
}
