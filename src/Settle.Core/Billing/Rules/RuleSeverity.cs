using System.Text.Json.Serialization;

namespace Settle;

/// <summary>How serious it is that a rule is broken.</summary>
[JsonConverter(typeof(WordJsonConverter<RuleSeverity>))]
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

    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,
}
