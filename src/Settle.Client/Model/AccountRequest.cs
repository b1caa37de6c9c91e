namespace Settle;

/// <summary>
/// A request to open an account or change its terms. Null members keep their values.
/// </summary>
public sealed record AccountRequest
{
    /// <summary>The id of this request; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// The name: 1 to 128 UTF-8 bytes of printable Unicode without spaces at its ends.
    /// </summary>
    public required string Account { get; init; }

    /// <summary>
    /// The asset that overdraft and ceiling apply to; null for the one of their amounts, or else
    /// the ledger's default.
    /// </summary>
    public string? Asset { get => field ?? Overdraft?.Limit.Asset ?? Ceiling?.Limit.Asset; init; }

    /// <summary>How far below zero the balance may fall.</summary>
    public Overdraft? Overdraft { get; init; }

    /// <summary>
    /// The highest balance that incoming money may lead to; <see cref="Ceiling.None"/> removes it.
    /// </summary>
    public Ceiling? Ceiling { get; init; }

    /// <summary>True closes the account, false opens it again.</summary>
    public bool? Closed { get; init; }

    /// <summary>The users who may spend from it by writing documents.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <inheritdoc cref="TransferRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
