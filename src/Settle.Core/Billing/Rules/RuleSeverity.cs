namespace Settle;

/// <summary>How much it matters that a rule is broken.</summary>
public enum RuleSeverity
{
    /// <summary>The rule is broken: whoever receives the invoice may refuse it.</summary>
    Fatal,

    /// <summary>
    /// A sum is not right to the cent, though the official checkers tolerate it. Settle does not.
    /// </summary>
    Inexact,

    /// <summary>It is good advice only.</summary>
    Warning,
}
