namespace Settle.Simulation;

/// <summary>An invoice, and what became of it.</summary>
internal sealed class AuditedInvoice(AuditedEntry entry)
{
    public AuditedEntry Entry { get; } = entry;

    public AuditedBill Bill { get; } = entry.Bill!;

    /// <summary>What its charges come to, line by line.</summary>
    public required AuditedLines Lines { get; init; }

    /// <summary>How often its customer was reminded of it, and when last.</summary>
    public int Level { get; set; }

    public DateOnly RemindedOn { get; set; }

    public long Paid { get; set; } = entry.Bill!.Number("paid");

    public long Credited { get; set; }

    public long WrittenOff { get; set; }

    /// <summary>The cash discount that was taken; null for none.</summary>
    public AuditedDiscount? Discount { get; set; }

    public long Discounted => Discount?.Amount ?? 0;

    /// <summary>What is neither credited nor deducted yet.</summary>
    public Dictionary<(string Category, string Rate), AuditedTax> Left { get; } =
        entry.Bill!.Taxes.ToDictionary(tax => tax.Term);

    public long RoundingLeft { get; set; } = entry.Bill!.Number("rounding");

    public long Open => Entry.Amount - Paid - Credited - WrittenOff - Discounted;

    public long Creditable => Entry.Amount - Credited - WrittenOff - Discounted;
}
