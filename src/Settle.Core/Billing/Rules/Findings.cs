namespace Settle.Billing.Rules;

/// <summary>
/// Collects what a check finds. Nothing is made for a rule that holds, which is nearly always.
/// </summary>
internal sealed class Findings
{
    private readonly List<RuleViolation> _violations = [];

    public IReadOnlyList<RuleViolation> Violations => _violations;

    /// <summary>Demands something of a field of the invoice itself.</summary>
    public void Require(bool holds, string rule, string field, string message,
        RuleSeverity severity = RuleSeverity.Fatal)
    {
        if (!holds) Add(rule, field, message, severity);
    }

    /// <summary>Demands something of a field of one of several, such as a line.</summary>
    public void Require(bool holds, string rule, FieldPath path, string field, string message,
        RuleSeverity severity = RuleSeverity.Fatal)
    {
        if (!holds) Add(rule, path.Of(field), message, severity);
    }

    public void Add(string rule, string field, string message, RuleSeverity severity) =>
        _violations.Add(new RuleViolation
        {
            Rule = rule,
            Field = field,
            Message = message,
            Severity = severity,
        });

    /// <summary>Writes a number as it stands in an invoice.</summary>
    public static string Text(decimal? number) =>
        number?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
}
