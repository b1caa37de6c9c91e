namespace Settle;

/// <summary>What is owed, by how long it has been due, in minor units.</summary>
public sealed record Ageing
{
    /// <summary>Not due yet.</summary>
    public required Int128 Current { get; init; }

    /// <summary>Due for 1 to 30 days.</summary>
    public required Int128 Days30 { get; init; }

    /// <summary>Due for 31 to 60 days.</summary>
    public required Int128 Days60 { get; init; }

    /// <summary>Due for 61 to 90 days.</summary>
    public required Int128 Days90 { get; init; }

    /// <summary>Due for more than 90 days.</summary>
    public required Int128 Older { get; init; }
}
