namespace Settle.Billing;

/// <summary>How a try ended, as far as whoever made it knows.</summary>
/// <param name="State">A state of <see cref="OutboxItem"/>; <c>claimed</c> if it is unknown.
/// </param>
/// <param name="Note">What was said.</param>
internal sealed record OutboxOutcome(string State, string? Note)
{
    public static OutboxOutcome Done(string? note) => new(OutboxItem.Done, note);

    /// <summary>It may work later.</summary>
    public static OutboxOutcome Deferred(string note) => new(OutboxItem.Deferred, note);

    public static OutboxOutcome Failed(string note) => new(OutboxItem.Failed, note);

    /// <summary>It may have happened or not, so its claim stays open.</summary>
    public static OutboxOutcome Unknown(string note) => new(OutboxItem.Claimed, note);
}
