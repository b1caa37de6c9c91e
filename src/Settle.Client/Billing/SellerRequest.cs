namespace Settle;

/// <summary>Who sends the invoices, and how they are numbered and taxed.</summary>
public sealed record SellerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The name and address.</summary>
    public required Party Party { get; init; }

    /// <summary>The time zone, by its IANA name: <c>Europe/Berlin</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>
    /// The tax rates in percent: <c>["19", "7"]</c>, at most 20. Charges may name only these, or a
    /// word such as <c>exempt</c>.
    /// </summary>
    public IReadOnlyList<string> TaxRates { get; init; } = [];

    /// <summary>The tax of a charge that names none: a rate, or a word.</summary>
    public string? DefaultTax { get; init; }

    /// <summary>
    /// What stands before an invoice's number; <c>{year}</c> is that of its date. Numbers begin
    /// anew with each text. Credit notes have a <c>C</c> before it.
    /// </summary>
    public string Series { get; init; } = "{year}-";
}
