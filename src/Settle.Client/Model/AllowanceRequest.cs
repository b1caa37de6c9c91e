namespace Settle;

/// <summary>A request to let another site spend money of this one's part of an account.</summary>
public sealed record AllowanceRequest
{
    /// <summary>Whose money it is.</summary>
    public required string Account { get; init; }

    /// <summary>The site that may spend it.</summary>
    public required string Site { get; init; }

    /// <summary>How much of it that site should have: more than zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }
}
