namespace Settle.Wire;

/// <summary>How the server is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthStatus(string Status)
{
    /// <summary>
    /// With how many servers of other sites no blocks can be exchanged; absent where there are
    /// none. The site goes on without them.
    /// </summary>
    public int? PeersAway { get; init; }
}
