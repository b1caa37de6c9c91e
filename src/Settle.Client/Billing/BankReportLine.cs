namespace Settle;

/// <summary>A line of a bank statement, and what was made of it.</summary>
public sealed record BankReportLine
{
    /// <summary>The id of its payment, also of one that a person makes of it.</summary>
    public required string Id { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What came in; below zero when money left.</summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// What of it an import posted that was ended before the line was done; null
    /// when nothing. Only the rest is left to post.
    /// </summary>
    public Money? Posted { get; init; }

    /// <summary>The currency.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>Who paid or was paid.</summary>
    public string? Name { get; init; }

    /// <summary>What the payer wrote.</summary>
    public string? Text { get; init; }

    /// <summary>What became of it.</summary>
    public required BankLineStatus Status { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>What it pays, or would: by invoice.</summary>
    public required IReadOnlyList<PaymentAllocation> Payments { get; init; }

    /// <summary>Which payments it takes back, or would.</summary>
    public required IReadOnlyList<BankReportReturn> Chargebacks { get; init; }
}
