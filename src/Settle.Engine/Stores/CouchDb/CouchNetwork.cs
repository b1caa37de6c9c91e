namespace Settle.Stores.CouchDb;

/// <summary>
/// How a server is reached and by what clock its silence is measured; another one in a simulation.
/// </summary>
/// <param name="Clock">Measures how long an answer takes.</param>
/// <param name="NewHandler">Makes what sends requests; null for the machine's network.</param>
internal sealed record CouchNetwork(TimeProvider Clock, Func<HttpMessageHandler>? NewHandler = null)
{
    /// <summary>
    /// This machine's clock, to be compared with the server's; null for one that was replaced, and
    /// that no server can know of.
    /// </summary>
    public TimeProvider? WallClock { get; init; }

    public static readonly CouchNetwork Machine = new(TimeProvider.System);
}
