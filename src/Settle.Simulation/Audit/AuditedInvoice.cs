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

    /// <summary>Whether it asks for money before the work.</summary>
    public bool IsDeposit { get; } = entry.Bill!.Has("deposit");

    /// <summary>Whether nobody is reminded of it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The invoice that settles this deposit invoice; empty for none.</summary>
    public string SettledBy { get; set; } = "";

    /// <summary>The deposit invoices that it settles.</summary>
    public List<AuditedInvoice> Deposits { get; } = [];

    /// <summary>What they brought, less what was credited of it to the customer.</summary>
    public long Deducted { get; set; }

    public bool HasSpentDeposits { get; set; }

    /// <summary>What was given up of the deposit invoices that it settles.</summary>
    public long DepositWriteOffs { get; set; }

    /// <summary>What a deposit invoice has received: net and tax, and no rate's.</summary>
    public Dictionary<(string Category, string Rate), (long Net, long Tax)> Received { get; } = [];

    public long ReceivedRounding { get; set; }

    /// <summary>All that is neither credited nor deducted.</summary>
    public long LeftInAll => RoundingLeft + Left.Values.Sum(left => left.Net + left.Tax);

    public long Open => Entry.Amount - Paid - Credited - WrittenOff - Discounted - Deducted;

    public long Creditable => long.Max(
        0, Entry.Amount - Credited - WrittenOff - DepositWriteOffs - Discounted);

    /// <summary>Whether some of its money was given up.</summary>
    public bool HasWriteOffs => WrittenOff + DepositWriteOffs > 0;

    /// <summary>Whether nobody may give it up: its work is still to be done.</summary>
    public bool IsAwaited => IsDeposit && SettledBy.Length == 0;
}
