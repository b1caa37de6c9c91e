namespace Settle.Billing;

/// <summary>What a customer has in one asset.</summary>
internal struct AccountRow
{
    public int Customer;
    public int Asset;

    /// <summary>The customer's account in another asset; -1 for none.</summary>
    public int Next;

    /// <summary>Its invoices and credit notes in the order of the chain; -1 for none.</summary>
    public int FirstInvoice;
    public int LastInvoice;

    /// <summary>No invoice before this one is open; -1 for all.</summary>
    public int FirstUnpaid;

    /// <summary>The first day on which there was a credit, since there was none last.</summary>
    public int CreditSince;

    /// <summary>Minor units that were paid or credited and are left for invoices to come.</summary>
    public long Credit;
}
