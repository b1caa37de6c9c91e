namespace Settle;

/// <summary>What an exchange between two sites came to.</summary>
/// <param name="From">The first site's name.</param>
/// <param name="To">The second site's name.</param>
/// <param name="Sent">Blocks that the second had not.</param>
/// <param name="Received">Blocks that the first had not.</param>
/// <param name="TakenBack">
/// Own blocks that one of them had lost and got back from the other.
/// </param>
internal sealed record SyncReport(
    string From, string To, long Sent, long Received, long TakenBack)
{
    /// <summary>The sites that were found to have forked: nobody follows them.</summary>
    public IReadOnlyList<string> Forked { get; init; } = [];
}
