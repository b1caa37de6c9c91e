namespace Settle;

/// <summary>A block in which a person set a chain's clock back.</summary>
/// <param name="Height">The block's.</param>
/// <param name="Time">
/// Its time, UTC. What a block below it says of a later time counts at this one.
/// </param>
public sealed record ClockCorrection(long Height, DateTimeOffset Time);
