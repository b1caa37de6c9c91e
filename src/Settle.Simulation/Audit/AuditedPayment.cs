namespace Settle.Simulation;

/// <summary>A payment that brought money, and what went back of it.</summary>
internal sealed class AuditedPayment(AuditedEntry entry)
{
    public AuditedEntry Entry { get; } = entry;

    public AuditedBill Bill { get; } = entry.Bill!;

    /// <summary>Minor units that went back, and those of them that opened no invoice.</summary>
    public long Taken { get; set; }
    public long TakenOfCredit { get; set; }

    public long Left => Entry.Amount - Taken;

    /// <summary>What it paid of no invoice.</summary>
    public long LeftOver => Entry.Amount - Bill.Allocations.Sum(part => part.Amount);

    /// <summary>What each invoice still has of it, the last one first.</summary>
    public IEnumerable<(string Number, long Amount)> Still()
    {
        var taken = Taken - TakenOfCredit;
        foreach (var (number, amount) in Bill.Allocations.Reverse())
        {
            var gone = long.Min(taken, amount);
            taken -= gone;
            yield return (number, amount - gone);
        }
    }
}
