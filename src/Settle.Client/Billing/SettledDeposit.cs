namespace Settle;

/// <summary>
/// A deposit invoice that an invoice settles: what it brought is deducted, with its tax.
/// </summary>
public sealed record SettledDeposit
{
    /// <summary>The number of the deposit invoice.</summary>
    public required string Number { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What it brought, tax included.</summary>
    public required Money Amount { get; init; }

    /// <summary>What that is of each category and rate.</summary>
    public required IReadOnlyList<InvoiceTax> Taxes { get; init; }

    /// <summary>What no net amounts with their taxes come to; null for nothing.</summary>
    public Money? Rounding { get; init; }
}
