namespace Settle;

/// <summary>A request to let another site spend money of this one's part of an account.</summary>
public sealed record AllowanceRequest
{
    /// <summary>Whose money it is.</summary>
    public required string Account { get; init; }

    /// <summary>The site that may spend it.</summary>
    public required string Site { get; init; }

    /// <summary>
    /// How much of it that site should have: more than zero, or zero to end a standing allowance.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// Whether that site is kept at the amount: whenever it has less than half of it, it is granted
    /// what it lacks, as far as the account has it here. Only the account's home can.
    /// </summary>
    public bool Standing { get; init; }

    /// <summary>The asset; null for the ledger's default.</summary>
    [JsonInclude]
    internal string? Asset { get => field ?? Amount.Asset; init; }
}
