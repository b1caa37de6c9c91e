namespace Settle;

/// <summary>A request to revert a transfer, capture or transaction.</summary>
public sealed record RevertRequest
{
    /// <summary>The id of this revert; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of the transfer, capture or transaction.</summary>
    public required string Reverts { get; init; }
}
