namespace Settle;

/// <summary>One entry of the chain.</summary>
/// <param name="Position">Its place in the chain.</param>
/// <param name="Time">The time of its block, UTC.</param>
/// <param name="Body">The entry: canonical JSON, UTF-8.</param>
public sealed record ChainEntry(EntryPosition Position, DateTimeOffset Time,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// If it was refused: why, in a sentence without the full stop, as the answer said. Null
    /// otherwise, and where a chain is followed; as in all that follow.
    /// </summary>
    public string? Detail { get; init; }

    /// <inheritdoc cref="Refusable.Account"/>
    public string? Account => Refusal?.Account;

    /// <inheritdoc cref="Refusable.AccountExists"/>
    public bool? AccountExists => Refusal?.AccountExists;

    /// <inheritdoc cref="Refusable.Spendable"/>
    public Money? Spendable => Refusal?.Spendable;

    /// <inheritdoc cref="Refusable.Needed"/>
    public Money? Needed => Refusal?.Needed;

    /// <inheritdoc cref="Refusable.Room"/>
    public Money? Room => Refusal?.Room;

    /// <inheritdoc cref="Transfer.Left"/>
    public Money? Left => Refusal?.Left;

    /// <summary>What the answer said beside the reason.</summary>
    internal RefusalFacts? Refusal { get; init; }
}
