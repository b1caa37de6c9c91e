namespace Settle;

/// <summary>The tax of all lines of one category and rate.</summary>
public sealed record InvoiceTax
{
    /// <summary>
    /// The category of EN 16931: <c>S</c> standard, <c>Z</c> zero rated, <c>E</c> exempt,
    /// <c>AE</c> reverse charge, <c>K</c> intra-community, <c>G</c> export, <c>O</c> out of scope.
    /// </summary>
    public required string Category { get; init; }

    /// <summary>Percent; 0 for every category except <c>S</c>.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The sum of the lines without tax.</summary>
    public required Money Net { get; init; }

    /// <summary>The tax on that sum, half a minor unit rounded away from zero.</summary>
    public required Money Tax { get; init; }

    /// <summary>Why there is no tax; null if there is.</summary>
    public string? Reason { get; init; }

    /// <summary>The same as a code of VATEX; null if there is none.</summary>
    public string? ReasonCode { get; init; }
}
