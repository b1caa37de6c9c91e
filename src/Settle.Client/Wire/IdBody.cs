namespace Settle.Wire;

/// <summary>A request about what the address names, with nothing to say but its own id.</summary>
internal sealed record IdBody
{
    /// <summary>The id of this request; absent makes one.</summary>
    public string? Id { get; init; }
}
