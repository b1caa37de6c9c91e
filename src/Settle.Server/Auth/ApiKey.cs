namespace Settle.Server;

/// <summary>
/// A key, as the file of keys holds it. The key itself is not there, only its hash.
/// </summary>
public sealed record ApiKey
{
    /// <summary>Whose key it is, for people and logs.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it allows.</summary>
    public required ApiRole Role { get; init; }

    /// <summary>The ledgers it is good for; <c>*</c> is all of them.</summary>
    public required IReadOnlyList<string> Ledgers { get; init; }

    /// <summary>Whether it is good for a ledger; null asks for all of them.</summary>
    public bool Opens(string? ledger) =>
        Ledgers.Contains("*", StringComparer.Ordinal)
        || (ledger is not null && Ledgers.Contains(ledger, StringComparer.Ordinal));
}
