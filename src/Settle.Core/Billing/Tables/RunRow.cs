namespace Settle.Billing;

/// <summary>The invoices that were made under the id of one run.</summary>
internal struct RunRow
{
    /// <summary>The first of them.</summary>
    public EntryLocation Location;
    public int Date;
    public int Through;
    public int Invoices;

    /// <summary>How many charges they bill.</summary>
    public long Charges;
}
