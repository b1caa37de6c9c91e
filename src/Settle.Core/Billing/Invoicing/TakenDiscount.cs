namespace Settle.Billing;

/// <summary>A cash discount that was taken with a payment, and what it corrects.</summary>
/// <param name="Invoice">The invoice's number.</param>
/// <param name="Taxes">What it is of each tax.</param>
/// <param name="Rounding">What no net amounts with their taxes come to, minor units.</param>
internal sealed record TakenDiscount(byte[] Invoice, TaxSum[] Taxes, long Rounding)
{
    /// <summary>Minor units of all.</summary>
    public long Amount => Rounding + Net + Taxes.Sum(part => part.Tax);

    public long Net => Taxes.Sum(part => part.Net);
}
