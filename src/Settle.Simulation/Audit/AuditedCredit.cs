namespace Settle.Simulation;

/// <summary>What a credit note takes back of a line, as the auditor reads it.</summary>
internal sealed record AuditedCredit(int Line, decimal Quantity, long Net)
{
    /// <summary>Several of them, for people.</summary>
    public static string Text(IEnumerable<AuditedCredit> credited) => string.Join(", ",
        credited.Select(each => string.Create(CultureInfo.InvariantCulture,
            $"{each.Quantity} of line {each.Line} for {each.Net}")));
}
