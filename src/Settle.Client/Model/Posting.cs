namespace Settle;

/// <summary>One movement of a transaction.</summary>
public sealed record Posting
{
    /// <summary>The paying account.</summary>
    public required string From { get; init; }

    /// <summary>The receiving account; not the paying one.</summary>
    public required string To { get; init; }

    /// <inheritdoc cref="TransferRequest.Amount"/>
    public required Money Amount { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }
}
