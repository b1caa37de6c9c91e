namespace Settle.Wire;

/// <summary>One thing that is wrong with a chain.</summary>
/// <param name="Height">The block; 0 if the fault concerns the whole chain.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record VerifiedFault(long Height, string Message)
{
    /// <summary>The entry's place in the block; absent if it concerns the whole block.</summary>
    public int? Entry { get; init; }

    /// <summary>The entry's id, if it can still be read.</summary>
    public string? Id { get; init; }
}
