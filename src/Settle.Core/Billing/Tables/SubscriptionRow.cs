namespace Settle.Billing;

/// <summary>Something that is charged each month.</summary>
internal struct SubscriptionRow
{
    /// <summary>The entry that made it.</summary>
    public EntryLocation Location;

    /// <summary>Minor units of a whole month.</summary>
    public long Amount;
    public int Customer;
    public int Asset;
    public int Start;

    /// <summary>The last day; 0 for none.</summary>
    public int End;

    /// <summary>The newest month that was charged; 0 for none.</summary>
    public int LastMonth;

    /// <summary>
    /// Where its newest <see cref="Billing.ChargedDays"/> are, plus one; 0 for none.
    /// </summary>
    public int ChargedDays;
    public TaxTerm Tax;
    public bool IsGross;
}
