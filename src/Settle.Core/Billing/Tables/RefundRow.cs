namespace Settle.Billing;

/// <summary>Money that goes back to a customer, as far as SEPA orders need it.</summary>
internal struct RefundRow
{
    public EntryLocation Location;

    /// <summary>Minor units.</summary>
    public long Amount;
    public int Account;
    public int Date;

    /// <summary>The SEPA order that pays it, plus one; 0 for none.</summary>
    public int Order;
}
