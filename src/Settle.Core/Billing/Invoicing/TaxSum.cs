namespace Settle.Billing;

/// <summary>All lines of one category and rate.</summary>
/// <param name="Term">Category and rate.</param>
/// <param name="Net">Minor units: the lines' sum.</param>
/// <param name="Tax">Minor units: that sum's tax.</param>
internal readonly record struct TaxSum(TaxTerm Term, long Net, long Tax);
