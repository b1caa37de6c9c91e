namespace Settle;

/// <summary>A letter that reminds a customer of all that is overdue in an asset.</summary>
public sealed record Reminder
{
    /// <summary>
    /// Its number, and that of its fee: the number of the first invoice that reaches the highest
    /// level with it, and that level, <c>2026-000123-R2</c>.
    /// </summary>
    public required string Number { get; init; }

    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day by which it asks for the money.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The highest level of its invoices, from 1 on.</summary>
    public required int Level { get; init; }

    /// <summary>Whether no level comes after it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLast { get; init; }

    /// <summary>All that is overdue.</summary>
    public required IReadOnlyList<RemindedItem> Invoices { get; init; }

    /// <summary>What it costs the customer, outside VAT; null for nothing.</summary>
    public Money? Fee { get; init; }

    /// <summary>What the customer had paid too much; null for nothing.</summary>
    public Money? Credit { get; init; }

    /// <summary>All that it asks for.</summary>
    public required Money Total { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Total.Asset!;

    /// <summary>What it says, by language, where the seller has texts of its own.</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }

    /// <summary>The seller, as it was then; null in lists.</summary>
    public Party? Seller { get; init; }

    /// <summary>The customer, as it was then; null in lists.</summary>
    public Party? Buyer { get; init; }

    /// <summary>The height of the block that made it; 0 in a dry run.</summary>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
