namespace Settle.Tests.Invoicing;

/// <summary>An invoice of <see cref="NaiveBilling"/>; amounts in the minor unit.</summary>
internal sealed class NaiveInvoice
{
    public required string Number { get; init; }
    public required string Customer { get; init; }
    public required ChargeRequest[] Charges { get; init; }

    /// <summary>By rate; null where gross prices are among them.</summary>
    public required Dictionary<string, decimal?> Taxes { get; init; }
    public decimal Amount { get; set; }
    public decimal Paid { get; set; }
    public decimal Credited { get; set; }
    public bool IsRebilled { get; set; }
    public decimal Open => Amount - Paid - Credited;
}
