namespace Settle;

/// <summary>An account to be opened, or new terms for one. What is null stays as it is.</summary>
public sealed record AccountRequest
{
    /// <summary>A null id makes one.</summary>
    public string? Id { get; init; }

    /// <summary>1 to 128 UTF-8 bytes of printable Unicode without spaces at the ends.</summary>
    public required string Account { get; init; }

    /// <summary>
    /// The asset that overdraft and ceiling are about; null is the ledger's default.
    /// </summary>
    public string? Asset { get; init; }

    /// <summary>How far below zero the balance may fall.</summary>
    public Overdraft? Overdraft { get; init; }

    /// <summary>
    /// The highest balance that a credit may lead to; <see cref="Ceiling.None"/> lifts it.
    /// </summary>
    public Ceiling? Ceiling { get; init; }

    /// <summary>True closes the account, false opens it again.</summary>
    public bool? Closed { get; init; }

    /// <summary>The users who may spend from it by documents.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <inheritdoc cref="TransferRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
