namespace Settle;

/// <summary>One of the reminders that a seller sends.</summary>
public sealed record ReminderLevel
{
    /// <summary>How many days after an invoice is due it is sent, 1 to 365.</summary>
    public required int Days { get; init; }

    /// <summary>
    /// What it costs the customer, outside VAT and in the ledger's default asset; null for nothing.
    /// </summary>
    public Money? Fee { get; init; }

    /// <summary>
    /// What its letter says, by language (<c>de</c>, <c>en</c>, <c>fr</c>); a language without a
    /// text has a usual one. <c>{due}</c>, <c>{total}</c> and <c>{fee}</c> are filled in.
    /// </summary>
    public IReadOnlyDictionary<string, string> Texts { get; set; } =
        new Dictionary<string, string>();
}
