namespace Settle;

/// <summary>A hold to be freed.</summary>
public sealed record VoidRequest
{
    /// <summary>The id of this void (not of the hold). Null makes one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the hold.</summary>
    public required string Hold { get; init; }
}
