namespace Settle;

/// <summary>When and how a seller reminds its customers of what is overdue.</summary>
public sealed record DunningSettings
{
    /// <summary>The reminders in their order, at most 9.</summary>
    public required IReadOnlyList<ReminderLevel> Levels { get; init; }

    /// <summary>
    /// What a customer with a VAT id pays instead of the fees, once, with the first level that has
    /// a fee: such as the 40 euros of section 288 of the German BGB. In the ledger's default asset;
    /// null for the fees.
    /// </summary>
    public Money? FlatFee { get; init; }

    /// <summary>
    /// Customers who owe less get no reminder. In the ledger's default asset; null for no limit.
    /// </summary>
    public Money? Minimum { get; init; }

    /// <summary>The asset of the amounts: the ledger's default; null means the same.</summary>
    public string? Asset { get; init; }

    /// <summary>How many days after its date a reminder is to be paid, 1 to 365.</summary>
    public int PayWithin { get; set; } = 7;
}
