namespace Settle.Simulation;

/// <summary>A line of an invoice, and what is left of it.</summary>
internal sealed record AuditedLine(
    string Charge, (string Category, string Rate) Term, long Net, decimal Quantity)
{
    public long NetLeft { get; set; } = Net;

    public decimal QuantityLeft { get; set; } = Quantity;

    public bool IsWhole => (NetLeft, QuantityLeft) == (Net, Quantity);

    public bool IsOver => QuantityLeft == 0 || (NetLeft == 0 && Net != 0);
}
