namespace Settle;

/// <summary>A hold that is neither captured, voided nor expired.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">The position whose money is reserved.</param>
/// <param name="To">The account number that a capture pays.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="ExpiresAt">Microseconds since 1970; <see cref="long.MaxValue"/> for never.</param>
/// <param name="OpenedAt">The time of its block, microseconds since 1970.</param>
/// <param name="Sequence">Holds count up, so that equal expiries have one order.</param>
/// <param name="Location">Where its entry is.</param>
internal sealed record OpenHold(
    string Id, int From, int To, long Amount, long ExpiresAt, long OpenedAt, long Sequence,
    EntryLocation Location)
{
    /// <summary>Where it is in the order in which holds end.</summary>
    public HoldPlace Place => new(ExpiresAt, Sequence);
}
