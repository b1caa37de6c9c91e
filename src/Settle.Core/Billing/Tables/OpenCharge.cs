namespace Settle.Billing;

/// <summary>
/// A charge that no invoice bills yet. There may be a million: no objects, and its id stands among
/// the bytes of all.
/// </summary>
internal struct OpenCharge
{
    /// <summary>The entry that opened it: the charge, or a credit note.</summary>
    public EntryLocation Location;

    /// <summary>The height of the block whose invoice bills it; 0 while none does.</summary>
    public long BilledAt;

    /// <summary>Minor units.</summary>
    public long Amount;
    public int Account;

    /// <summary>Its neighbours among the account's; -1 for none.</summary>
    public int Prev;
    public int Next;
    public int Date;

    /// <summary>Where its id stands.</summary>
    public int Id;
    public TaxTerm Tax;
    public byte IdLength;
    public bool IsGross;

    /// <summary>Whether it asks for money before the work.</summary>
    public bool IsDeposit;

    /// <summary>Whether amount and date are not those of its entry any more (B7).</summary>
    public bool IsAmended;

    /// <summary>Whether a quote offered it.</summary>
    public bool IsOfQuote;

    /// <summary>Whether no day of it counts any more, so that no invoice bills it.</summary>
    public readonly bool IsNothing => IsAmended && Amount == 0 && !IsOfQuote;

    public readonly InvoiceItem Item => new(Amount, Tax, IsGross, IsDeposit);
}
