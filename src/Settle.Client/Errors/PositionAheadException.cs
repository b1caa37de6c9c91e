namespace Settle;

/// <summary>
/// A chain cannot be followed from a position that it has not: it was put back from an older copy,
/// or the position is another ledger's. What was seen above its newest block may be lost; whoever
/// follows begins again from a position that they know to be right.
/// </summary>
public sealed class PositionAheadException(string message)
    : SettleException("position_ahead", message)
{
    internal static PositionAheadException Of(EntryPosition position, long height) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"there is no {What(position)}: the newest block is {height}. The ledger was put ")
            + "back from an older copy, or the position is another ledger's; follow it from a "
            + "position that it has");

    // Whoever has read a block to its end is past all of its entries.
    private static string What(EntryPosition position) => position.Index == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"block {position.Height}")
        : $"entry {position}";
}
