namespace Settle.Chains;

/// <summary>
/// The ids that one chain has decided, in memory, and where; the newest can be taken back.
/// </summary>
internal sealed class SiteIds
{
    private readonly Dictionary<string, EntryLocation> _places = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public int Count => _order.Count;

    public IEnumerable<string> All => _order;

    /// <summary>Where an id was decided; null for nowhere.</summary>
    public EntryLocation? Find(ReadOnlySpan<byte> id) =>
        _places.TryGetValue(Encoding.UTF8.GetString(id), out var place) ? place : null;

    /// <exception cref="FormatException">It was decided before (S4).</exception>
    public void Add(string id, EntryLocation location)
    {
        if (!_places.TryAdd(id, location))
            throw new FormatException($"'{id}' was decided before");
        _order.Add(id);
    }

    public void Truncate(int count)
    {
        while (_order.Count > count)
        {
            _places.Remove(_order[^1]);
            _order.RemoveAt(_order.Count - 1);
        }
    }
}
