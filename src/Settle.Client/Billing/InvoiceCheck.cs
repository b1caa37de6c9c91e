namespace Settle;

/// <summary>What the rules say about an electronic invoice, whoever wrote it.</summary>
public sealed record InvoiceCheck
{
    /// <summary>The file's name, where it has one.</summary>
    public string? File { get; init; }

    /// <summary>
    /// <c>ubl</c> or <c>cii</c>, the syntax that it is written in.
    /// </summary>
    public required string Syntax { get; init; }

    /// <summary>The name of the invoice within a PDF file; null when it was not in one.</summary>
    public string? Attachment { get; init; }

    /// <summary>Whose rules it was checked against, for people.</summary>
    public required string Profile { get; init; }

    /// <summary>Whose rules it says it follows (BT-24).</summary>
    public string? Specification { get; init; }

    /// <summary>Its number (BT-1).</summary>
    public string? Number { get; init; }

    /// <summary>Its date, as it says (BT-2).</summary>
    public string? Date { get; init; }

    /// <summary>Its type, a code of UNTDID 1001 (BT-3).</summary>
    public string? Type { get; init; }

    /// <summary>The seller's name (BT-27).</summary>
    public string? Seller { get; init; }

    /// <summary>The buyer's name (BT-44).</summary>
    public string? Buyer { get; init; }

    /// <summary>The code of its currency (BT-5).</summary>
    public string? Currency { get; init; }

    /// <summary>Its totals as they are written.</summary>
    public required InvoiceCheckTotals Totals { get; init; }

    /// <summary>Whether it breaks no rule that makes it invalid.</summary>
    public bool Valid => Violations.All(violation => violation.Severity != RuleSeverity.Fatal);

    /// <summary>
    /// The rules that it breaks, and what is not right to the cent; at most
    /// <see cref="Limits.ViolationsMax"/>.
    /// </summary>
    public required IReadOnlyList<RuleViolation> Violations { get; init; }

    /// <summary>
    /// How many violations more there are. What makes it invalid is listed before the rest.
    /// </summary>
    public int Omitted { get; init; }

    /// <summary>What was not checked, for people.</summary>
    public required IReadOnlyList<string> NotChecked { get; init; }
}
