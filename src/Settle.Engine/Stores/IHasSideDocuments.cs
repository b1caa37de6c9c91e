namespace Settle.Stores;

/// <summary>
/// What a ledger is whose names, addresses and issued invoices can be reached here.
/// </summary>
internal interface IHasSideDocuments
{
    /// <summary>The documents beside the chain.</summary>
    ISideDocuments SideDocuments { get; }
}
