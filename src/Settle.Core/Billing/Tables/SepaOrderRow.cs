namespace Settle.Billing;

/// <summary>What a bank was told to collect, or to pay.</summary>
internal struct SepaOrderRow
{
    public EntryLocation Location;

    /// <summary>Minor units of all that it was made of.</summary>
    public long Amount;

    /// <summary>The day on which the bank is to do it.</summary>
    public int Date;
    public int Items;

    /// <summary>How many of them were cancelled.</summary>
    public int Cancelled;
    public bool IsOfRefunds;
}
