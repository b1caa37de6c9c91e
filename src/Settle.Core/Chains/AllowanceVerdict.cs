namespace Settle.Chains;

/// <summary>What was decided of an allowance.</summary>
/// <param name="Refusal">Why not.</param>
internal readonly record struct AllowanceVerdict(RefusalCode Refusal)
{
    /// <summary>Whether a grant is written; otherwise all is as it was asked for already.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The site that decides it; null where that is this one.</summary>
    public string? Home { get; init; }

    /// <summary>Minor units that this site could spend, where they are too few.</summary>
    public Int128 Room { get; init; }

    /// <summary>Minor units that the other site lacks.</summary>
    public Int128 Missing { get; init; }
}
