namespace Settle;

/// <summary>What a mirroring did.</summary>
/// <param name="Copied">How many blocks were copied.</param>
/// <param name="Height">The newest block of both ledgers.</param>
/// <param name="Hash">Its hash, which stands for every block before it, too.</param>
public sealed record MirrorReport(long Copied, long Height, string Hash);
