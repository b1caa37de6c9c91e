namespace Settle.Simulation;

/// <summary>All that clients did and heard: what the auditor compares with the chain.</summary>
internal sealed class Record
{
    public List<Call> Calls { get; } = [];

    public List<Look> Looks { get; } = [];

    public List<InvoiceLook> InvoiceLooks { get; } = [];

    /// <summary>The step in which each id was first sent.</summary>
    public Dictionary<string, long> FirstSent { get; } = new(StringComparer.Ordinal);

    /// <summary>Every content that was sent under an id.</summary>
    public Dictionary<string, List<Wish>> Wanted { get; } = new(StringComparer.Ordinal);

    public void Sent(IReadOnlyList<Wish> wishes, long step)
    {
        foreach (var wish in wishes)
        {
            FirstSent.TryAdd(wish.Id, step);
            if (!Wanted.TryGetValue(wish.Id, out var known)) Wanted.Add(wish.Id, known = []);
            known.Add(wish);
        }
    }
}
