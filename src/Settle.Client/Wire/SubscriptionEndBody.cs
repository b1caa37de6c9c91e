namespace Settle.Wire;

/// <summary>The end of the subscription that the address names.</summary>
internal sealed record SubscriptionEndBody
{
    /// <summary>The id of this request; absent makes one.</summary>
    public string? Id { get; init; }

    /// <summary>The last day that is charged.</summary>
    public required DateOnly End { get; init; }
}
