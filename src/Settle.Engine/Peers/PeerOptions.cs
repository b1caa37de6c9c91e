namespace Settle.Peers;

/// <summary>With whom an open ledger exchanges blocks, and how.</summary>
/// <param name="Addresses">The servers of other sites; an address may carry its key.</param>
/// <param name="ApiKey">The key for those whose address has none.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Warn">Told when one is away, and when it answers again; null for nobody.</param>
internal sealed record PeerOptions(IReadOnlyList<string> Addresses, string? ApiKey,
    TimeProvider Clock, Action<string>? Warn);
