namespace Settle.Simulation;

/// <summary>All of one category and rate, as the auditor reads it.</summary>
internal sealed record AuditedTax(string Category, string Rate, long Net, long Tax)
{
    public (string Category, string Rate) Term => (Category, Rate);
}
