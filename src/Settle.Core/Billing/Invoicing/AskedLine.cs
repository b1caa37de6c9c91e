namespace Settle.Billing;

/// <summary>A line of an invoice that somebody wants credited.</summary>
/// <param name="Line">Its place on the invoice, from 1.</param>
/// <param name="Quantity">Millionths; 0 for all that is left of it.</param>
internal readonly record struct AskedLine(int Line, long Quantity);
