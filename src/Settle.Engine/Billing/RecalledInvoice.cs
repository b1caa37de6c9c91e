namespace Settle.Billing;

/// <summary>An invoice, and the entries that it is made of.</summary>
/// <param name="Invoice">With all that stands on its paper.</param>
/// <param name="Entry">Its own entry.</param>
/// <param name="Charges">Those of its charges, in its order.</param>
internal sealed record RecalledInvoice(
    Invoice Invoice, RecalledEntry Entry, List<RecalledEntry> Charges);
