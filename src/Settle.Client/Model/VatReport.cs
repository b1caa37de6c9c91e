namespace Settle;

/// <summary>What tax was owed to the tax office for each month.</summary>
public sealed record VatReport
{
    /// <summary>The asset's code.</summary>
    public string Asset => Tax.Asset!;

    /// <summary>A row for each month and rate with tax, oldest first.</summary>
    public required IReadOnlyList<VatRow> Rows { get; init; }

    /// <summary>The tax of all months.</summary>
    public required Money Tax { get; init; }
}
