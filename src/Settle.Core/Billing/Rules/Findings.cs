namespace Settle.Billing.Rules;

/// <summary>
/// Collects what a check finds. Nothing is made for a rule that holds, which is nearly always; and
/// however much is wrong, only so much of it is listed.
/// </summary>
/// <param name="profile">The invoice's, which decides what counts.</param>
internal sealed class Findings(EnProfile profile)
{
    private readonly List<RuleViolation> _violations = [];
    private int _minor;

    public IReadOnlyList<RuleViolation> Violations => _violations;

    /// <summary>How many are not listed. One that makes the invoice invalid goes first.</summary>
    public int Omitted { get; private set; }

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

    public void Add(string rule, string field, string message, RuleSeverity severity)
    {
        var violation = EnProfiles.Applying(profile, new RuleViolation
        {
            Rule = rule,
            Field = field,
            Message = message,
            Severity = severity,
        });
        if (violation is null) return;
        var isMinor = violation.Severity != RuleSeverity.Fatal;
        if (_violations.Count == Limits.ViolationsMax)
        {
            Omitted++;
            if (isMinor || _minor == 0) return;
            _violations.RemoveAt(_violations.FindLastIndex(
                each => each.Severity != RuleSeverity.Fatal));
            _minor--;
        }
        if (isMinor) _minor++;
        _violations.Add(violation);
    }

    /// <summary>Writes a number as it stands in an invoice.</summary>
    public static string Text(decimal? number) =>
        number?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
}
