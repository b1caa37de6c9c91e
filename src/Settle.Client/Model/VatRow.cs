namespace Settle;

/// <summary>The tax of a month at one rate.</summary>
public sealed record VatRow
{
    /// <summary>The month's first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The category of EN 16931, such as <c>S</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The rate in percent.</summary>
    public required string Rate { get; init; }

    /// <summary>
    /// The tax of invoices, less that of credit notes and of what was deducted; of deposits when
    /// they were paid. Below zero is money back.
    /// </summary>
    public required Money Tax { get; init; }
}
