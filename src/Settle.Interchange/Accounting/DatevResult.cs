namespace Settle;

/// <summary>What became of a posting batch for DATEV.</summary>
/// <param name="Written">How many invoices, credit notes and payments are in it.</param>
/// <param name="LeftOut">What could not be posted.</param>
public sealed record DatevResult(long Written, IReadOnlyList<LeftOut> LeftOut);
