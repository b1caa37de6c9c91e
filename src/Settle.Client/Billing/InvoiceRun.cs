namespace Settle;

/// <summary>What a run made, or would make.</summary>
public sealed record InvoiceRun
{
    /// <summary>The id of the run.</summary>
    public required string Id { get; init; }

    /// <summary>The last day whose charges it billed.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The date of its invoices.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether this was a dry run, which makes nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }

    /// <summary>Its invoices; for a dry run, with the numbers that they would get.</summary>
    public required IReadOnlyList<InvoiceSummary> Invoices { get; init; }

    /// <summary>The customers that could not be invoiced; their charges stay open.</summary>
    public required IReadOnlyList<ParkedCustomer> Parked { get; init; }

    /// <summary>
    /// Warnings, such as of numbers that follow one with a later date. The invoices are made all
    /// the same.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>How many charges its invoices bill.</summary>
    public required long Charges { get; init; }

    /// <summary>How many charges it made from subscriptions, or would make.</summary>
    public long Recurring { get; init; }
}
