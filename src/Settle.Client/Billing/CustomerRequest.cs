namespace Settle;

/// <summary>A customer, as it shall be from now on.</summary>
public sealed record CustomerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The customer's own id, which charges name: at most 100 UTF-8 bytes of printable Unicode.
    /// </summary>
    public required string Customer { get; init; }

    /// <summary>The name and address.</summary>
    public required Party Party { get; init; }

    /// <summary>The time zone, by its IANA name; null is the seller's.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// <c>standard</c> (the default: each charge has its own tax), or the word that counts for all
    /// of them: <c>exempt</c>, <c>reverse_charge</c>, <c>intra_community</c>, <c>export</c>,
    /// <c>out_of_scope</c>.
    /// </summary>
    public string? Treatment { get; init; }

    /// <summary>How many days after its date an invoice is due, 0 to 365.</summary>
    public int TermsDays { get; init; } = 14;

    /// <summary>The asset of charges that name none; null is the ledger's default.</summary>
    public string? Asset { get; init; }
}
