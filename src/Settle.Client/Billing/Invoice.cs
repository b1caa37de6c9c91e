namespace Settle;

/// <summary>An invoice or a credit note, with everything printed on it.</summary>
public sealed record Invoice
{
    /// <summary>Whether it is an invoice or a credit note.</summary>
    public required InvoiceType Kind { get; init; }

    /// <summary>Its number, without gaps in its series: <c>2026-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day it is due.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The last day whose charges it may bill; for a credit note, its date.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>How many decimals the asset has.</summary>
    public required int Scale { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The seller, as it was then.</summary>
    public required Party Seller { get; init; }

    /// <summary>The customer, as it was then.</summary>
    public required Party Buyer { get; init; }

    /// <summary>
    /// The language of its letter: the customer's, or the seller's if the customer has none.
    /// </summary>
    public string Language => LanguageOf(Seller, Buyer);

    /// <summary>The numbers of the quotes that it bills something of; null for none.</summary>
    public IReadOnlyList<string>? Quotes { get; init; }

    /// <summary>What it bills or credits.</summary>
    public required IReadOnlyList<InvoiceLine> Lines { get; init; }

    /// <summary>The taxes, one per category and rate.</summary>
    public required IReadOnlyList<InvoiceTax> Taxes { get; init; }

    /// <summary>The sum of its lines without tax.</summary>
    public required Money Net { get; init; }

    /// <summary>The sum of its taxes.</summary>
    public required Money Tax { get; init; }

    /// <summary>
    /// The tax in the currency that the seller declares it in; null if the invoice is in that
    /// currency, or has no tax.
    /// </summary>
    public Money? TaxInCurrency { get; init; }

    /// <summary>The rate that <see cref="TaxInCurrency"/> was computed at.</summary>
    public ExchangeRate? ExchangeRate { get; init; }

    /// <summary>
    /// Makes up the agreed amount if no net amount leads to it, possibly below zero; null if there
    /// is nothing to make up.
    /// </summary>
    public Money? Rounding { get; init; }

    /// <summary>What is to be paid, or credited: net, tax and rounding.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// What had been paid before it was made, and pays of it; of a credit note, what
    /// <see cref="Deposits"/> brought. Null for nothing. Its paper asks for the rest, or credits
    /// it.
    /// </summary>
    public Money? Prepaid { get; init; }

    /// <summary>
    /// The deposit invoices that it settles; of a credit note, those that are open to be settled
    /// again: what they brought counts for them, and is not credited. Null for none.
    /// </summary>
    public IReadOnlyList<SettledDeposit>? Deposits { get; init; }

    /// <summary>
    /// The number of the invoice that settles this deposit invoice; null while none does.
    /// </summary>
    public string? SettledBy { get; init; }

    /// <summary>What was paid, deducted as a cash discount, credited or written off.</summary>
    public required Money Paid { get; init; }

    /// <summary>What is still open; zero for a credit note.</summary>
    public required Money Open { get; init; }

    /// <summary>
    /// What may be deducted by those who pay early; null for nothing.
    /// </summary>
    public IReadOnlyList<CashDiscountOffer>? CashDiscounts { get; init; }

    /// <summary>The cash discount that was taken; null for none.</summary>
    public Money? Discounted { get; init; }

    /// <summary>Whether it is open, and if not, why.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>
    /// The day on which a direct debit collects what is open: a bank was told to, and its line is
    /// not there yet. Null if none was told to, once it is paid, and when the debit came back.
    /// </summary>
    public DateOnly? DebitDate { get; init; }

    /// <summary>Whether its customer is not reminded of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RemindersHeld { get; init; }

    /// <summary>The ids of the charges that it bills; empty for a credit note.</summary>
    public required IReadOnlyList<string> InvoicedCharges { get; init; }

    /// <summary>The number of the invoice that this credit note credits.</summary>
    public string? Corrects { get; init; }

    /// <summary>The date of that invoice.</summary>
    public DateOnly? CorrectsDate { get; init; }

    /// <summary>Whether that invoice is a deposit invoice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CreditsDeposit { get; init; }

    /// <summary>The customer's order (BT-13).</summary>
    public string? OrderNumber { get; init; }

    /// <summary>What the customer wants it to refer to (BT-10).</summary>
    public string? BuyerReference { get; init; }

    /// <summary>A text for the customer; for a credit note, its reason.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// A warning in the answer that made it: its number follows one with a later date. Null if
    /// there is none.
    /// </summary>
    public string? Warning { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }

    /// <summary>Whether it is an invoice of this ledger that asks for money.</summary>
    internal bool IsPayable => Kind is InvoiceType.Invoice or InvoiceType.Deposit;

    /// <summary>
    /// What its paper asks for: not what was paid before it was made. Of a credit note, what it
    /// credits.
    /// </summary>
    internal Money Payable => Prepaid is { } prepaid ? Amount - prepaid : Amount;

    /// <summary>Whether it is about work that was still to be done.</summary>
    internal bool IsOfDeposit => Kind == InvoiceType.Deposit || CreditsDeposit;

    /// <summary>Whether it is an invoice or credit note of this ledger, with a paper.</summary>
    internal bool HasPaper =>
        Kind is InvoiceType.Invoice or InvoiceType.CreditNote or InvoiceType.Deposit;

    /// <summary>
    /// Whether its paper has no words for a tax, not even for one of 0: out of scope, and of a
    /// small business.
    /// </summary>
    internal bool IsUntaxed(string category) =>
        category == "O" || (category == "E" && Seller.SmallBusiness);

    internal static string LanguageOf(Party seller, Party buyer) =>
        buyer.Language ?? seller.Language ?? "en";
}
