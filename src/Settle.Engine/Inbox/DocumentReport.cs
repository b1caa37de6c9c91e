namespace Settle;

/// <summary>What became of documents.</summary>
/// <param name="Successful">Documents marked <c>successful</c>.</param>
/// <param name="Rejected">Documents that the ledger refused.</param>
/// <param name="Malformed">Documents that were refused for a field, and used up no id.</param>
public sealed record DocumentReport(long Successful, long Rejected, long Malformed);
