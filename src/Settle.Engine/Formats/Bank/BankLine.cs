namespace Settle.Formats.Bank;

/// <summary>One line of a bank statement: money that came or went.</summary>
internal sealed record BankLine
{
    /// <summary>
    /// Made from the account and the bank's own reference: the same line has the same id in
    /// whatever file it comes again.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The account that the statement is of: an IBAN, or another number.</summary>
    public required string Account { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The currency.</summary>
    public required string Asset { get; init; }

    /// <summary>Minor units, more than zero.</summary>
    public required long Amount { get; init; }

    /// <summary>Whether the money came in.</summary>
    public required bool IsCredit { get; init; }

    /// <summary>Whether it takes back an earlier line, such as a returned debit.</summary>
    public bool IsReversal { get; init; }

    /// <summary>Who paid or was paid.</summary>
    public string? Name { get; init; }

    /// <summary>The other's account.</summary>
    public string? Iban { get; init; }

    /// <summary>What the payer wrote; lines joined by blanks.</summary>
    public string Text { get; init; } = "";
}
