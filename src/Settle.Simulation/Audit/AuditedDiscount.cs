namespace Settle.Simulation;

/// <summary>A cash discount that was taken or lost, as the auditor reads it.</summary>
internal sealed record AuditedDiscount(
    string Number, IReadOnlyList<AuditedTax> Taxes, long Rounding)
{
    public long Amount => Rounding + Taxes.Sum(tax => tax.Net + tax.Tax);

    public bool IsSame(AuditedDiscount other) => Number == other.Number
        && Rounding == other.Rounding && Taxes.SequenceEqual(other.Taxes);
}
