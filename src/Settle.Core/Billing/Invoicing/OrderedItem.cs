namespace Settle.Billing;

/// <summary>What a SEPA order collects or pays.</summary>
/// <param name="Number">The invoice's number, or the refund's id.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Party">The hash of the customer's profile, which has account and mandate.</param>
/// <param name="Sequence">
/// <c>FRST</c>, <c>RCUR</c> or <c>OOFF</c>: which use of the mandate it is; empty for a refund.
/// </param>
internal readonly record struct OrderedItem(
    byte[] Number, long Amount, BlockHash Party, string Sequence);
