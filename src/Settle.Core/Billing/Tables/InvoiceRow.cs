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

    /// <summary>Whether its customer is not to be reminded of it, until that is over.</summary>
    public bool IsHeld;

    /// <summary>Whether it asks for money before the work.</summary>
    public bool IsDeposit;

    /// <summary>The invoice that settles this deposit invoice, plus one; 0 for none.</summary>
    public int SettledBy;

    /// <summary>
    /// The first deposit invoice that an invoice settles, or the next one that is settled with
    /// this; plus one, 0 for none.
    /// </summary>
    public int NextDeposit;

    /// <summary>Minor units that an invoice deducts: deposit invoices brought them.</summary>
    public long Deducted;

    /// <summary>Whether some of that was credited, and is the customer's.</summary>
    public bool HasSpentDeposits;

    /// <summary>
    /// Minor units that were written off of the deposit invoices that it settles: their money went
    /// back, and nobody pays it any more.
    /// </summary>
    public long DepositWriteOffs;

    /// <summary>Whether it is the fee of a reminder, which no series numbers.</summary>
    public bool IsFee;

    /// <summary>Whether it was made elsewhere.</summary>
    public readonly bool IsOpening => Series < 0 && !IsFee;

    /// <summary>Whether it is an invoice or credit note of ours, with lines.</summary>
    public readonly bool IsOurs => Series >= 0;

    /// <summary>Whether it is a deposit invoice that no invoice settles.</summary>
    public readonly bool IsUnsettled => IsDeposit && SettledBy == 0;

    public readonly bool IsCreditNote => Corrects >= 0;

    /// <summary>Whether a bank was told to collect it, and its line is not there yet.</summary>
    public readonly bool IsCollected => Order > 0 && !IsReturned && Open > 0;

    /// <summary>Minor units that are still to be paid.</summary>
    public readonly long Open => IsCreditNote ? 0
        : Amount - Paid - Credited - WrittenOff - Discounted - Deducted;

    /// <summary>Minor units that a credit note may still take back.</summary>
    public readonly long Creditable => long.Max(
        0, Amount - Credited - WrittenOff - DepositWriteOffs - Discounted);

    /// <summary>Whether some of its money was given up.</summary>
    public readonly bool HasWriteOffs => WrittenOff > 0 || DepositWriteOffs > 0;

    /// <summary>
    /// Whether a credit note opens the deposit invoices again that it settles: all of it is
    /// credited then, and they are as they were. What was written off of one stays so.
    /// </summary>
    /// <param name="credit">Minor units of the credit note.</param>
    public readonly bool ReopensDeposits(long credit) =>
        !IsDeposit && NextDeposit > 0 && !HasSpentDeposits && DepositWriteOffs == 0
            && Creditable == credit;

    public readonly InvoiceStatus Status =>
        IsCreditNote ? InvoiceStatus.Paid
        : Open > 0 ? InvoiceStatus.Open
        : WrittenOff > 0 ? InvoiceStatus.WrittenOff
        : IsRebilled || (Credited > 0 && Credited + Discounted == Amount) ? InvoiceStatus.Credited
        : InvoiceStatus.Paid;
}
