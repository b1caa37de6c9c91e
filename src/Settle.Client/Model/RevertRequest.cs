namespace Settle;

/// <summary>A transfer, capture or transaction to be reverted.</summary>
public sealed record RevertRequest
{
    /// <summary>The id of this revert. Null makes one.</summary>
    public string? Id { get; init; }

    /// <summary>The id of what is reverted.</summary>
    public required string Reverts { get; init; }
}
