using System.Text.Json.Serialization;

namespace Settle;

/// <summary>
/// What a person confirmed, so that a chain could go on. Where it is neither the clock
/// nor a lost block, the note of the newest block was damaged, so blocks may be lost
/// that nothing names.
/// </summary>
/// <param name="Height">The block that records it.</param>
/// <param name="Time">That block's time, UTC.</param>
/// <param name="Clock">
/// Whether the block's time was said to be right, although the block before it lay in the future or
/// far in the past.
/// </param>
/// <param name="LostHeight">The newest of the blocks that were said to be lost, if any.</param>
/// <param name="LostHash">Its hash, hexadecimal.</param>
public sealed record ChainRecovery(
    long Height,
    DateTimeOffset Time,
    bool Clock,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LostHeight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LostHash)
{
    internal static ChainRecovery Of(BlockDocument block)
    {
        var (header, recovery) = (block.Header, block.Header.Recovery!);
        return new ChainRecovery(header.Height, ChainTime.ToTime(header.Time), recovery.SetsClock,
            recovery.Lost?.Height, recovery.Lost?.Hash.ToString());
    }
}
