namespace Settle.Accounting;

/// <summary>One posting of a batch for DATEV.</summary>
internal sealed record DatevRow
{
    /// <summary>What is posted; below zero for the other side.</summary>
    public required Money Amount { get; init; }

    /// <summary>Whether the account is debited.</summary>
    public required bool IsDebit { get; init; }

    public required int Account { get; init; }

    public required int Contra { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>By which invoices and payments find each other.</summary>
    public required string Number { get; init; }

    public required string Text { get; init; }

    /// <summary>The number of the invoice that is corrected.</summary>
    public string? Corrects { get; init; }

    public string? CostCentre { get; init; }

    public string? VatId { get; init; }

    /// <summary>The last day on which it was supplied.</summary>
    public DateOnly? Supplied { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>
    /// What one euro costs in the asset, where the document itself says so; null for the settings'.
    /// </summary>
    public decimal? Rate { get; init; }
}
