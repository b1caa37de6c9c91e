namespace Settle.Bank;

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

    /// <summary>
    /// What of it was posted by an import that ended before the line was done, in minor units.
    /// </summary>
    public long Posted { get; init; }

    /// <summary>In how many payments that was.</summary>
    public int PostedParts { get; init; }

    /// <summary>What is left to post, in minor units.</summary>
    public long Rest => Amount - Posted;

    /// <summary>Whether the money came in.</summary>
    public required bool IsCredit { get; init; }

    /// <summary>Whether it takes back an earlier line, such as a returned debit.</summary>
    public bool IsReversal { get; init; }

    /// <summary>Who paid or was paid.</summary>
    public string? Name { get; init; }

    /// <summary>The other's account.</summary>
    public string? Iban { get; init; }

    /// <summary>
    /// The id of a payment. Of several that a line pays for, the first one has the line's own and
    /// is posted last: by it the line is known to be done.
    /// </summary>
    /// <param name="at">Which of those that are left to post: 0 for the first.</param>
    public string PaymentId(int at) => at == 0 ? Id : PartId(PostedParts + at);

    /// <summary>The id of a payment beside the first.</summary>
    /// <param name="part">Which: 1 and more, in the order in which they are posted.</param>
    public string PartId(int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{Id}/{part + 1}");

    /// <summary>What the payer wrote; lines joined by blanks.</summary>
    public string Text { get; init; } = "";
}
