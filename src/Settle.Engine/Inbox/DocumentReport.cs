namespace Settle;

/// <summary>How many documents were settled, by outcome.</summary>
/// <param name="Successful">Documents marked <c>successful</c>.</param>
/// <param name="Rejected">Documents that the ledger refused.</param>
/// <param name="Malformed">Documents with a malformed field; they used up no id.</param>
public sealed record DocumentReport(long Successful, long Rejected, long Malformed);
