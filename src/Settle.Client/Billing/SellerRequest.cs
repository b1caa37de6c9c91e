namespace Settle;

/// <summary>A request to set the seller, the invoice numbers and the taxes.</summary>
public sealed record SellerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The name and address.</summary>
    public required Party Party { get; init; }

    /// <summary>The time zone's IANA name, such as <c>Europe/Berlin</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>
    /// The tax rates in percent, at most 20: <c>["19", "7"]</c>. Charges may use only these, or
    /// a word such as <c>exempt</c>.
    /// </summary>
    public IReadOnlyList<string> TaxRates { get; init; } = [];

    /// <summary>The tax of charges that do not name one: a rate, or a word.</summary>
    public string? DefaultTax { get; init; }

    /// <summary>
    /// The text before an invoice's number, where <c>{year}</c> is the year of its date. Each text
    /// has its own numbers, from 1. Credit notes have a <c>C</c> in front.
    /// </summary>
    public string Series { get; init; } = "{year}-";
}
