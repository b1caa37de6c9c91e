namespace Settle.Simulation;

/// <summary>A line of an invoice, and what is left of it.</summary>
internal sealed record AuditedLine(
    string Charge, (string Category, string Rate) Term, long Net, decimal Quantity)
{
    public long NetLeft { get; set; } = Net;

    public decimal QuantityLeft { get; set; } = Quantity;

    /// <summary>What a cash discount took of it, which credits nothing.</summary>
    public long NetDiscounted { get; set; }

    public bool IsWhole => (NetLeft + NetDiscounted, QuantityLeft) == (Net, Quantity);

    public bool IsOver => QuantityLeft == 0 || (NetLeft == 0 && Net != 0);
}
