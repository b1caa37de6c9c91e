namespace Settle.Bank;

/// <summary>One line of a bank statement: money that came or went.</summary>
internal sealed record BankLine
{
    /// <summary>The doubt of a line that has the reference of another one.</summary>
    public const string NotItsOwn = "another line of the file has its reference, with another "
        + "payer or text: is it another payment?";

    /// <summary>
    /// Made of what the bank says: the same line has the same id in whatever file it comes again.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>How the ids begin of all lines that say the same as this one.</summary>
    public string Alike { get; init; } = "";

    /// <summary>The account that the statement is of: an IBAN, or another number.</summary>
    public required string Account { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day from which it counts for interest; null when not said.</summary>
    public DateOnly? Valued { get; init; }

    /// <summary>
    /// The day from which it counts, as its id has it: nothing where that is the day it was booked.
    /// </summary>
    public string ValuedPart => Valued is not { } day || day == Date ? ""
        : string.Create(CultureInfo.InvariantCulture, $":v{day:yyyyMMdd}");

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

    /// <summary>The numbers of the invoices that it paid so far.</summary>
    public IReadOnlyList<string> Paid { get; init; } = [];

    /// <summary>The payments that were taken back by it so far.</summary>
    public IReadOnlyList<string> TakenBack { get; init; } = [];

    /// <summary>What is left to post, in minor units.</summary>
    public long Rest => Amount - Posted;

    /// <summary>Whether the money came in.</summary>
    public required bool IsCredit { get; init; }

    /// <summary>Whether it takes back an earlier line, such as a returned debit.</summary>
    public bool IsReversal { get; init; }

    /// <summary>
    /// Whether it takes back money that had come in, such as a returned direct debit.
    /// </summary>
    public bool IsReturn { get; init; }

    /// <summary>
    /// What had come in, in minor units, of a return that is more by the bank's fee; null when the
    /// bank does not say.
    /// </summary>
    public long? Original { get; init; }

    /// <summary>Why only a person may post it; null for most.</summary>
    public string? Doubt { get; init; }

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

    /// <summary>Who paid and what the payer wrote, as a payment keeps it.</summary>
    public string Memo => Cut($"{Name} {Text}".Trim());

    /// <summary>What the payer wrote; lines joined by blanks.</summary>
    public string Text { get; init; } = "";

    /// <summary>What else may name an invoice: document numbers, and words of the bank's.</summary>
    public string More { get; init; } = "";

    /// <summary>The payer's reference, from end to end.</summary>
    public string? EndToEnd { get; init; }

    /// <summary>References in the form that an invoice asked for, such as RF.</summary>
    public IReadOnlyList<string> Structured { get; init; } = [];

    private static string Cut(string text)
    {
        var (chars, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > Limits.MemoBytesMax) return text[..chars];
            chars += rune.Utf16SequenceLength;
        }
        return text;
    }
}
