namespace Settle.Billing;

/// <summary>Something that is charged each period.</summary>
internal struct SubscriptionRow
{
    /// <summary>The entry that made it.</summary>
    public EntryLocation Location;

    /// <summary>Where its newest price is, plus one.</summary>
    public int Price;
    public int Customer;
    public int Asset;
    public int Start;

    /// <summary>The last day; 0 for none.</summary>
    public int End;

    /// <summary>The last day of the newest period that was charged; 0 for none.</summary>
    public int ChargedThrough;
    public BillingPeriod Period;

    /// <summary>
    /// Where its newest <see cref="Billing.ChargedDays"/> are, plus one; 0 for none.
    /// </summary>
    public int ChargedDays;
    public TaxTerm Tax;
    public bool IsGross;
}
