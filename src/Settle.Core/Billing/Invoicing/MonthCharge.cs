namespace Settle.Billing;

/// <summary>One month of something that recurs.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="FirstDay">The first day that it is for.</param>
/// <param name="LastDay">The last one.</param>
internal readonly record struct MonthCharge(long Amount, int FirstDay, int LastDay);
