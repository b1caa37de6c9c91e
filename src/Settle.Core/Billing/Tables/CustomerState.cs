namespace Settle.Billing;

/// <summary>A customer as the newest entry about it says.</summary>
internal struct CustomerState
{
    /// <summary>The entry.</summary>
    public EntryLocation Location;

    /// <summary>The hash of the document with name and address.</summary>
    public BlockHash Profile;

    /// <summary>The first of its accounts; -1 for none.</summary>
    public int FirstAccount;

    /// <summary>The asset of charges that name none; -1 for the ledger's default.</summary>
    public int Asset;

    /// <summary>The number of its time zone.</summary>
    public int Zone;

    /// <summary>The number of its cash discounts; -1 where it has the seller's.</summary>
    public int Discounts;
    public short TermsDays;

    /// <summary>Two letters.</summary>
    public ushort Country;

    /// <summary>
    /// The category that counts for all of its charges; <see cref="Standard"/> for their own.
    /// </summary>
    public TaxCategory Treatment;

    /// <summary>Whether it gets no reminders.</summary>
    public bool IsNotReminded;

    /// <summary>Each charge has its own tax.</summary>
    public const TaxCategory Standard = TaxCategory.Standard;

    public readonly TaxCategory? TreatmentOrNone =>
        Treatment == Standard ? null : Treatment;
}
