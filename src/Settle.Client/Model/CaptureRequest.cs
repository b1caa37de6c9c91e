namespace Settle;

/// <summary>A hold to be captured.</summary>
public sealed record CaptureRequest
{
    /// <summary>The id of this capture (not of the hold). Null makes one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the hold.</summary>
    public required string Hold { get; init; }

    /// <summary>Minor units, at most what is held; null captures all.</summary>
    public long? Amount { get; init; }
}
