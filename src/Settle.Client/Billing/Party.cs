namespace Settle;

/// <summary>
/// The name and address of a seller or a customer: personal data, which is never in a block.
/// </summary>
public sealed record Party
{
    /// <summary>
    /// The company's or person's name. Like all texts here, at most 200 UTF-8 bytes.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Street and number.</summary>
    public string? Street { get; init; }

    /// <summary>A second line of the address.</summary>
    public string? Street2 { get; init; }

    /// <summary>The postal code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The country's two-letter code (ISO 3166-1), such as <c>DE</c>.</summary>
    public required string Country { get; init; }

    /// <summary>The VAT id, with its country: <c>DE123456788</c>.</summary>
    public string? VatId { get; init; }

    /// <summary>The number at the local tax office.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>The number in a register of companies.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The contact person.</summary>
    public string? Contact { get; init; }

    /// <summary>The bank account, an IBAN. It is checked, and kept without spaces.</summary>
    public string? Iban { get; init; }

    /// <summary>The bank's BIC.</summary>
    public string? Bic { get; init; }

    /// <summary>The bank's name.</summary>
    public string? Bank { get; init; }

    /// <summary>
    /// For a seller: its creditor identifier for SEPA direct debits, whose check digits are
    /// checked: <c>DE98ZZZ09999999999</c>.
    /// </summary>
    public string? CreditorId { get; init; }

    /// <summary>
    /// For a customer: the reference of the SEPA mandate by which its account is debited, at most
    /// 35 characters that SEPA knows. It needs an IBAN and the day on which it was signed.
    /// </summary>
    public string? Mandate { get; init; }

    /// <summary>The day on which the mandate was signed.</summary>
    public DateOnly? MandateDate { get; init; }

    /// <summary>
    /// What the mandate is for: <c>core</c>, or <c>b2b</c> for a company whose bank knows of it;
    /// null for core.
    /// </summary>
    public string? MandateScheme { get; init; }

    /// <summary>
    /// Whether the mandate may be used again: <c>recurring</c> or <c>one_off</c>; null for
    /// recurring.
    /// </summary>
    public string? MandateType { get; init; }

    /// <summary>
    /// The language of letters: <c>en</c>, <c>de</c> or <c>fr</c>. If it is null, a customer's
    /// letters are in the seller's language, and the seller's is <c>en</c>.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>
    /// The Leitweg-ID of a German authority, whose invoices are then XRechnungen.
    /// </summary>
    public string? LeitwegId { get; init; }

    /// <summary>
    /// For a seller: whether it is a small business that charges no VAT, such as by section 19 of
    /// the German UStG. Its invoices say so.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SmallBusiness { get; init; }

    /// <summary>
    /// For a seller: why what it sells is <c>exempt</c>, if its charges do not say so themselves.
    /// </summary>
    public string? Exemption { get; init; }

    /// <summary>The same as a code of VATEX: <c>VATEX-EU-132-1I</c>.</summary>
    public string? ExemptionCode { get; init; }

    /// <summary>
    /// For a seller: the currency that its invoices state their tax in as well, if they are in
    /// another one; null for that of its country, if the law there requires it.
    /// </summary>
    public string? TaxCurrency { get; init; }

    /// <summary>
    /// A customer's order that its invoices name (BT-13), unless the run names another one.
    /// </summary>
    public string? OrderNumber { get; init; }

    /// <summary>
    /// What a customer wants its invoices to refer to (BT-10), unless the run says something else.
    /// An XRechnung has the Leitweg-ID there.
    /// </summary>
    public string? BuyerReference { get; init; }

    /// <summary>A picture for a seller's letterhead: PNG or JPEG, at most 256 KiB.</summary>
    public byte[]? Logo { get; init; }
}
