namespace Settle.Billing;

/// <summary>A charge as an invoice bills it: as it was made, or as it was amended since.</summary>
/// <param name="Found">The charge's entry, or that of a charge-back with a fee.</param>
/// <param name="Item">What is billed.</param>
/// <param name="Date">The day it is for, or its last one.</param>
/// <param name="IsAtPrice">
/// Whether quantity, unit price and discount of the entry come to it; a subscription may have got
/// another price since.
/// </param>
internal readonly record struct BilledCharge(
    RecalledEntry Found, InvoiceItem Item, int Date, bool IsAtPrice)
{
    /// <summary>Its id.</summary>
    public ReadOnlySpan<byte> Id => Found.Batch.Bytes(Found.Entry.Id);

    /// <summary>Millionths.</summary>
    public long Quantity => IsAtPrice
        && Found.Batch.Billing(Found.Entry) is { HasUnitPrice: true } terms
        ? terms.Quantity : Scaled.One;

    /// <summary>The charges of an invoice, in its order.</summary>
    /// <param name="invoice">The invoice's entry.</param>
    /// <param name="entries">The charges' entries.</param>
    /// <param name="scale">The decimals of its asset.</param>
    public static List<BilledCharge> Of(
        RecalledEntry invoice, IEnumerable<RecalledEntry> entries, int scale)
    {
        var amended = BillingJson.ReadAmended(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Amended));
        var (charges, next) = (new List<BilledCharge>(), 0);
        foreach (var found in entries)
        {
            var id = found.Batch.Bytes(found.Entry.Id);
            var item = ChargeKind.ItemOf(found.Batch, found.Entry);
            var date = found.Batch.Billing(found.Entry).Date;
            // They stand in the order of the charges.
            if (next < amended.Count && id.SequenceEqual(amended[next].Id))
            {
                item = item with { Amount = amended[next].Amount };
                date = amended[next++].Date;
            }
            charges.Add(new BilledCharge(found, item, date, found.Entry.Kind != EntryKind.Charge
                || ChargeKind.IsAtPrice(found.Batch, found.Entry, item.Amount, date, scale)));
        }
        return charges;
    }
}
