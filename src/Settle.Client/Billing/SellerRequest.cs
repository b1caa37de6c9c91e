namespace Settle;

/// <summary>A request to set the seller, the invoice numbers and the taxes.</summary>
public sealed record SellerRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>The name and address.</summary>
    public required Party Party { get; init; }

    /// <summary>The time zone's IANA name, such as <c>Europe/Berlin</c>.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>
    /// The tax rates in percent, at most 20: <c>["19", "7"]</c>. Charges may use only these, or
    /// a word such as <c>exempt</c>.
    /// </summary>
    public IReadOnlyList<string> TaxRates { get; set; } = [];

    /// <summary>The tax of charges that do not name one: a rate, or a word.</summary>
    public string? DefaultTax { get; init; }

    /// <summary>
    /// The text before an invoice's number, where <c>{year}</c> is the year of its date. Each text
    /// has its own numbers, from 1 or from the one in <see cref="FirstNumbers"/>. Credit notes have
    /// a <c>C</c> in front, quotes a <c>Q</c>.
    /// </summary>
    public string Series { get; set; } = "{year}-";

    /// <summary>
    /// The numbers that series begin with, for a business that moves: <c>["2026-001043",
    /// "C2026-000087", "Q2026-000031"]</c>. A series that none is named of begins with 1. Each is
    /// set before the series has given a number; afterwards only what the series began with may be
    /// repeated.
    /// </summary>
    public IReadOnlyList<string>? FirstNumbers { get; init; }

    /// <summary>
    /// When and how customers are reminded; null for a friendly reminder 7 days after the due date,
    /// and two with a fee of 2.50 after 21 and 35 days.
    /// </summary>
    public DunningSettings? Dunning { get; init; }

    /// <summary>
    /// What customers may deduct when they pay early, unless they have discounts of their own: at
    /// most 3, each for more days less than the one before.
    /// </summary>
    public IReadOnlyList<CashDiscount>? CashDiscounts { get; init; }
}
