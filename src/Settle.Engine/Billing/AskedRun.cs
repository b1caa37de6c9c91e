namespace Settle.Billing;

/// <summary>
/// What a run with an id was asked for, as far as no entry of it says so. Rates are missing: each
/// invoice has its own, and a customer that was parked for want of one gets it in the same run.
/// </summary>
internal sealed record AskedRun
{
    public const string Invoices = "invoices";
    public const string Reminders = "reminders";
    public const string Debits = "debits";
    public const string Payouts = "payouts";

    /// <summary><c>run</c>, for views.</summary>
    public string Type { get; init; } = "run";

    /// <summary>What it makes.</summary>
    public required string Makes { get; init; }

    public DateOnly? Through { get; init; }

    /// <summary>The day that was asked for, or was filled in.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whether <see cref="Date"/> was filled in: a repetition may find another day.
    /// </summary>
    public bool IsDefaultDate { get; init; }

    public string? Customer { get; init; }

    public string? Note { get; init; }

    public string? OrderNumber { get; init; }

    public string? BuyerReference { get; init; }

    /// <summary>The refunds that were named, each once and in order.</summary>
    public IReadOnlyList<string>? Refunds { get; init; }

    public DateOnly? From { get; init; }

    /// <summary>The deposit invoices that are settled.</summary>
    public IReadOnlyList<string>? Settles { get; init; }

    /// <summary>The first field that differs, by its name in requests; null for none.</summary>
    public string? DifferingField(AskedRun other) =>
        Makes != other.Makes ? "type"
        : Through != other.Through ? "through"
        : Date != other.Date && !(IsDefaultDate && other.IsDefaultDate) ? "date"
        : Customer != other.Customer ? "customer"
        : Note != other.Note ? "note"
        : OrderNumber != other.OrderNumber ? "order_number"
        : BuyerReference != other.BuyerReference ? "buyer_reference"
        : !(Refunds ?? []).SequenceEqual(other.Refunds ?? []) ? "refunds"
        : From != other.From ? "from"
        : !(Settles ?? []).SequenceEqual(other.Settles ?? []) ? "settles" : null;
}
