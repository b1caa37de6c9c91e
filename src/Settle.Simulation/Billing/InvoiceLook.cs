namespace Settle.Simulation;

/// <summary>A list of invoices that a reader was shown.</summary>
/// <param name="Machine">Who showed it.</param>
/// <param name="HeightMin">The newest block that this machine had answered from before.</param>
/// <param name="Invoices">All invoices and credit notes, oldest first.</param>
internal sealed record InvoiceLook(
    string Machine, long HeightMin, IReadOnlyList<InvoiceSummary> Invoices);
