namespace Settle;

/// <summary>One movement of a transaction.</summary>
public sealed record Posting
{
    /// <summary>The paying account.</summary>
    public required string From { get; init; }

    /// <summary>The receiving account; not the paying one.</summary>
    public required string To { get; init; }

    /// <summary>Minor units, 1 to 2^53-1.</summary>
    public required long Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    public string? Asset { get; init; }
}
