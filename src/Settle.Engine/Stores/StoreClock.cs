namespace Settle.Stores;

/// <summary>What a store's own clock said when it last answered.</summary>
/// <param name="Ahead">How far this machine's clock was ahead of it; negative for behind.</param>
/// <param name="IsOfAnotherMachine">
/// Whether it is another clock, so that it counts when both say the same.
/// </param>
internal sealed record StoreClock(TimeSpan Ahead, bool IsOfAnotherMachine)
{
    /// <summary>Whether the two cannot both be right.</summary>
    public bool Differs => Ahead.Duration().TotalSeconds > Limits.ClockToleranceSeconds;
}
