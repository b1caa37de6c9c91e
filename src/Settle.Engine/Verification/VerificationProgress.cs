namespace Settle;

/// <summary>How far a verification has come.</summary>
/// <param name="Height">The newest block checked.</param>
/// <param name="HeightMax">The newest block there is.</param>
/// <param name="Entries">How many entries were checked.</param>
public readonly record struct VerificationProgress(long Height, long HeightMax, long Entries);
