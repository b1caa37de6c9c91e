namespace Settle.Stores.CouchDb;

/// <summary>
/// Decides what copies mean (docs/protocol.md, section 6), from the copies alone, so that all who
/// read them decide alike. A copy takes a body from a writer only while it holds none. Once every
/// copy holds one, no body can come that was not seen, and the greatest revision among them wins.
/// </summary>
/// <param name="State">What the copies say together.</param>
/// <param name="Body">The winner, or the one that would win as things stand.</param>
/// <param name="Why">What stands in the way.</param>
/// <param name="IsEverywhere">Whether every copy holds the winner, and so shows it.</param>
internal sealed record CopyVerdict(
    CopyState State, CopyBody? Body = null, string? Why = null, bool IsEverywhere = false)
{
    public static CopyVerdict Of(IReadOnlyList<Copy> copies)
    {
        if (copies.Count == 0) return new(CopyState.Unreadable, Why: "no node keeps a copy");
        var bodies = copies.SelectMany(copy => copy.Bodies ?? []).ToArray();
        if (bodies.FirstOrDefault(body => !body.IsFirst) is { } later)
            return new(CopyState.Damaged, Why: $"it has the revision {later.Revision}");
        if (copies.FirstOrDefault(copy => copy.Bodies is null) is { } lost)
            return new(CopyState.Unreadable, Why: lost.Why);
        if (bodies.Length == 0) return new(CopyState.Empty);
        var winner = bodies.Min()!;
        if (copies.Any(copy => copy.Bodies!.Count == 0)) return new(CopyState.Open, winner);
        return new(CopyState.Decided, winner, IsEverywhere: copies.All(
            copy => copy.Bodies!.Any(body => body.Revision == winner.Revision)));
    }
}
