namespace Settle.Billing;

/// <summary>What an invoice comes to.</summary>
/// <param name="Nets">Each item's net, in order; together they are <paramref name="Net"/>.</param>
/// <param name="Taxes">One per category and rate, in their order.</param>
/// <param name="Net">Minor units.</param>
/// <param name="Tax">Minor units.</param>
/// <param name="Rounding">
/// Minor units, also below zero: what makes gross prices come to what was agreed (B6).
/// </param>
/// <param name="Amount">Minor units to be paid: net, tax and rounding.</param>
internal sealed record InvoiceSums(
    long[] Nets, TaxSum[] Taxes, long Net, long Tax, long Rounding, long Amount);
