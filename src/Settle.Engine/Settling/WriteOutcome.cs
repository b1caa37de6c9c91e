using Settle.Stores;

namespace Settle.Settling;

/// <summary>What became of writing a block.</summary>
/// <param name="IsOurs">Whether the height holds our block.</param>
/// <param name="Error">Why nothing could be decided; null when it was decided.</param>
/// <param name="TooLarge">Why the store takes no such block; a smaller one may do.</param>
internal sealed record WriteOutcome(
    bool IsOurs, SettleException? Error = null, DocumentTooLargeException? TooLarge = null)
{
    public static WriteOutcome Ours { get; } = new(true);

    public static WriteOutcome Lost { get; } = new(false);
}
