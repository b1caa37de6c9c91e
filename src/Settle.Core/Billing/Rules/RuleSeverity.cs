namespace Settle;

/// <summary>How serious it is that a rule is broken.</summary>
public enum RuleSeverity
{
    /// <summary>The rule is broken, and the recipient may refuse the invoice.</summary>
    Fatal,

    /// <summary>
    /// A sum is not right to the cent, though the official checkers tolerate it. Settle does not.
    /// </summary>
    Inexact,

    /// <summary>A recommendation only.</summary>
    Warning,
}
