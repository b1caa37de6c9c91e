namespace Settle.Billing.Rules;

/// <summary>
/// An invoice in the semantic model of EN 16931, whatever syntax it came in. The terms are those
/// of the standard (BT: a term, BG: a group). What is absent is null; amounts are decimals in the
/// major unit that keep the number of decimals they were written with.
/// </summary>
internal sealed record EnInvoice
{
    /// <summary>BT-24: the rules that it follows.</summary>
    public string? Specification { get; init; }

    /// <summary>BT-23: the business process.</summary>
    public string? Process { get; init; }

    /// <summary>BT-1.</summary>
    public string? Number { get; init; }

    /// <summary>BT-2, as <c>yyyy-MM-dd</c>.</summary>
    public string? IssueDate { get; init; }

    /// <summary>BT-3: a code of UNTDID 1001, such as 380 (invoice) or 381 (credit note).</summary>
    public string? TypeCode { get; init; }

    /// <summary>Whether the syntax says that it is a credit note, as UBL does.</summary>
    public bool? IsCreditNote { get; init; }

    /// <summary>BT-5.</summary>
    public string? Currency { get; init; }

    /// <summary>BT-6.</summary>
    public string? TaxCurrency { get; init; }

    /// <summary>BT-7.</summary>
    public string? TaxPointDate { get; init; }

    /// <summary>BT-8.</summary>
    public string? TaxPointCode { get; init; }

    /// <summary>BT-9.</summary>
    public string? DueDate { get; init; }

    /// <summary>BT-10: the Leitweg-ID, where the buyer is a German authority.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>BT-12.</summary>
    public string? ContractReference { get; init; }

    /// <summary>BT-17.</summary>
    public string? TenderReference { get; init; }

    /// <summary>BT-13.</summary>
    public string? OrderReference { get; init; }

    /// <summary>BT-18: the object that is invoiced, with its scheme.</summary>
    public EnIdentifier? InvoicedObject { get; init; }

    /// <summary>BT-20, with its ends of lines.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>BG-1.</summary>
    public IReadOnlyList<EnNote> Notes { get; init; } = [];

    /// <summary>BG-3: the invoices before it, such as the one that a credit note credits.</summary>
    public IReadOnlyList<EnPreceding> Preceding { get; init; } = [];

    /// <summary>BG-4.</summary>
    public EnParty? Seller { get; init; }

    /// <summary>BG-7.</summary>
    public EnParty? Buyer { get; init; }

    /// <summary>BG-10: who is paid, if not the seller.</summary>
    public EnParty? Payee { get; init; }

    /// <summary>BG-11: who represents the seller before the tax office.</summary>
    public EnParty? TaxRepresentative { get; init; }

    /// <summary>BT-72.</summary>
    public string? DeliveryDate { get; init; }

    /// <summary>BT-71: the place of delivery, with its scheme.</summary>
    public EnIdentifier? DeliveryLocation { get; init; }

    /// <summary>BG-15.</summary>
    public EnAddress? DeliveryAddress { get; init; }

    /// <summary>BG-14: what time it is for.</summary>
    public EnPeriod? Period { get; init; }

    /// <summary>BG-16.</summary>
    public IReadOnlyList<EnPayment> Payments { get; init; } = [];

    /// <summary>BG-20.</summary>
    public IReadOnlyList<EnAllowance> Allowances { get; init; } = [];

    /// <summary>BG-21.</summary>
    public IReadOnlyList<EnAllowance> Charges { get; init; } = [];

    /// <summary>BG-22; null when it has none at all.</summary>
    public EnTotals? Totals { get; init; }

    /// <summary>BG-23.</summary>
    public IReadOnlyList<EnTax> Taxes { get; init; } = [];

    /// <summary>BG-24.</summary>
    public IReadOnlyList<EnAttachment> Attachments { get; init; } = [];

    /// <summary>BG-25.</summary>
    public IReadOnlyList<EnLine> Lines { get; init; } = [];

    /// <summary>What only its file shows; null when it was not read from one.</summary>
    public EnSyntax? Syntax { get; init; }

    /// <summary>The currencies that its amounts name, where the syntax names any.</summary>
    public IReadOnlyList<string> AmountCurrencies { get; init; } = [];
}
