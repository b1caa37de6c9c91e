namespace Settle;

/// <summary>One thing that is wrong with a chain.</summary>
/// <param name="Height">The block; 0 when it is about the chain as a whole.</param>
/// <param name="Entry">The entry's index in the block; null when it is about the block as a
/// whole.</param>
/// <param name="Id">The entry's id, when it can still be read.</param>
/// <param name="Message">What is wrong.</param>
public sealed record VerificationFault(long Height, int? Entry, string? Id, string Message);
