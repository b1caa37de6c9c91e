namespace Settle;

/// <summary>A rule for electronic invoices that an invoice breaks.</summary>
public sealed record RuleViolation
{
    /// <summary>
    /// The rule's id, from EN 16931 (<c>BR-CO-15</c>), XRechnung (<c>BR-DE-15</c>), Peppol
    /// (<c>PEPPOL-EN16931-R120</c>) or Settle (<c>SETTLE-01</c>).
    /// </summary>
    public required string Rule { get; init; }

    /// <summary>The field with its term: <c>lines[3].rate (BT-152)</c>.</summary>
    public required string Field { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Whether it makes the invoice invalid.</summary>
    public RuleSeverity Severity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Field} {Message}";
}
