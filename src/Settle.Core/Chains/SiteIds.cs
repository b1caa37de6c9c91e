namespace Settle.Chains;

/// <summary>
/// The ids that one chain has decided, in memory, and where; the newest can be taken back.
/// </summary>
internal sealed class SiteIds
{
    private readonly Dictionary<byte[], EntryLocation> _places = new(Utf8Keys.Instance);
    private readonly Dictionary<byte[], EntryLocation>.AlternateLookup<ReadOnlySpan<byte>> _byId;
    private readonly List<byte[]> _order = [];

    public SiteIds() => _byId = _places.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _order.Count;

    /// <summary>Where an id was decided; null for nowhere.</summary>
    public EntryLocation? Find(ReadOnlySpan<byte> id) =>
        _byId.TryGetValue(id, out var place) ? place : null;

    /// <exception cref="FormatException">It was decided before (S4).</exception>
    public void Add(ReadOnlySpan<byte> id, EntryLocation location)
    {
        var key = id.ToArray();
        if (!_places.TryAdd(key, location))
        {
            throw new FormatException(
                $"'{Encoding.UTF8.GetString(id)}' was decided before");
        }
        _order.Add(key);
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
