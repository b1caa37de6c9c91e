namespace Settle.Billing;

/// <summary>An invoice or credit note, as far as decisions and lists need it.</summary>
internal struct InvoiceRow
{
    public EntryLocation Location;

    /// <summary>Minor units.</summary>
    public long Net;
    public long Tax;
    public long Rounding;
    public long Amount;
    public long Paid;
    public long Credited;
    public long WrittenOff;

    /// <summary>
    /// The cash discount that was taken, minor units; its rounding, the first of its taxes and how
    /// many they are, and how many invoices and credit notes there were before it.
    /// </summary>
    public long Discounted;
    public long DiscountRounding;
    public int FirstDiscountTax;
    public int DiscountTaxCount;
    public int DiscountedAt;

    /// <summary>The number of its cash discounts; 0 for none.</summary>
    public int Discounts;
    public int Account;

    /// <summary>
    /// The number of its series, and the one it has in it; one that was made elsewhere has -1, and
    /// the place of its number among those; so has a reminder's fee.
    /// </summary>
    public int Series;
    public int Sequence;

    /// <summary>What one that was made elsewhere came to there; 0 for another.</summary>
    public long Gross;
    public int Date;
    public int Due;
    public int Through;
    public int Charges;

    /// <summary>The first of its taxes.</summary>
    public int FirstTax;
    public int TaxCount;

    /// <summary>The invoice that this credit note credits; -1 for an invoice.</summary>
    public int Corrects;

    /// <summary>The newest credit note of an invoice; of a credit note the one before.</summary>
    public int LastCredit;

    /// <summary>The next one of the account; -1 for none.</summary>
    public int Next;

    /// <summary>The SEPA order that collects it, plus one; 0 for none.</summary>
    public int Order;

    /// <summary>Whether what was collected of it went back.</summary>
    public bool IsReturned;

    /// <summary>Whether all of its charges were opened again, or some.</summary>
    public bool IsRebilled;
    public bool HasRebilledLines;

    /// <summary>
    /// How often its customer was reminded of it, and on which day last; 0 for never.
    /// </summary>
    public int Level;
    public int RemindedOn;

    /// <summary>Whether it is the fee of a reminder, which no series numbers.</summary>
    public bool IsFee;

    /// <summary>Whether it was made elsewhere.</summary>
    public readonly bool IsOpening => Series < 0 && !IsFee;

    /// <summary>Whether it is an invoice or credit note of ours, with lines.</summary>
    public readonly bool IsOurs => Series >= 0;

    public readonly bool IsCreditNote => Corrects >= 0;

    /// <summary>Whether a bank was told to collect it, and its line is not there yet.</summary>
    public readonly bool IsCollected => Order > 0 && !IsReturned && Open > 0;

    /// <summary>Minor units that are still to be paid.</summary>
    public readonly long Open => IsCreditNote ? 0
        : Amount - Paid - Credited - WrittenOff - Discounted;

    /// <summary>Minor units that a credit note may still take back.</summary>
    public readonly long Creditable => Amount - Credited - WrittenOff - Discounted;

    public readonly InvoiceStatus Status =>
        IsCreditNote ? InvoiceStatus.Paid
        : Open > 0 ? InvoiceStatus.Open
        : WrittenOff > 0 ? InvoiceStatus.WrittenOff
        : IsRebilled || (Credited > 0 && Credited + Discounted == Amount) ? InvoiceStatus.Credited
        : InvoiceStatus.Paid;
}
