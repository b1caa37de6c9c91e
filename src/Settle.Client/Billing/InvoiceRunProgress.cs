namespace Settle;

/// <summary>How far a run has come.</summary>
/// <param name="Done">Customers done so far.</param>
/// <param name="Total">Customers in all.</param>
/// <param name="Charges">Charges billed so far.</param>
public readonly record struct InvoiceRunProgress(long Done, long Total, long Charges);
