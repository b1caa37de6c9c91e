namespace Settle;

/// <summary>A run in a list: what it has made so far, however often it was repeated.</summary>
public sealed record InvoiceRunSummary
{
    /// <inheritdoc cref="InvoiceRun.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="InvoiceRun.Through"/>
    public required DateOnly Through { get; init; }

    /// <inheritdoc cref="InvoiceRun.Date"/>
    public required DateOnly Date { get; init; }

    /// <summary>How many invoices it made.</summary>
    public required int Invoices { get; init; }

    /// <summary>How many charges they bill.</summary>
    public required long Charges { get; init; }

    /// <summary>The height of the block with its first invoice.</summary>
    public required long Block { get; init; }
}
