namespace Settle.Billing;

/// <summary>What a credit note takes back of a line of its invoice.</summary>
/// <param name="Line">Its place on the invoice, from 1.</param>
/// <param name="Quantity">Millionths.</param>
/// <param name="Net">Minor units.</param>
internal readonly record struct CreditedLine(int Line, long Quantity, long Net);
