namespace Settle;

/// <summary>How far a run is.</summary>
/// <param name="Done">Customers that are done.</param>
/// <param name="Total">Customers in all.</param>
/// <param name="Charges">Charges billed until now.</param>
public readonly record struct InvoiceRunProgress(long Done, long Total, long Charges);
