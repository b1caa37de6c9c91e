namespace Settle;

/// <summary>
/// The open holds: by id, and in the order in which they end, of all accounts and of each. A page
/// of them costs its own length, however many there are.
/// </summary>
internal sealed class HoldTable
{
    private static readonly Comparer<OpenHold> ByEnd =
        Comparer<OpenHold>.Create((a, b) => a.Place.CompareTo(b.Place));

    private readonly Dictionary<string, OpenHold> _byId = new(StringComparer.Ordinal);
    private readonly SortedSet<OpenHold> _byEnd = new(ByEnd);
    private readonly Dictionary<int, SortedSet<OpenHold>> _byAccount = [];

    public int Count => _byId.Count;

    public IEnumerable<OpenHold> All => _byId.Values;

    /// <summary>The one that ends first; null for none.</summary>
    public OpenHold? First => _byEnd.Min;

    public OpenHold? Find(string id) => _byId.GetValueOrDefault(id);

    /// <param name="hold">The hold.</param>
    /// <param name="payer">The account whose money it reserves.</param>
    public void Add(OpenHold hold, int payer)
    {
        _byId.Add(hold.Id, hold);
        _byEnd.Add(hold);
        OfAccount(payer).Add(hold);
        OfAccount(hold.To).Add(hold);
    }

    public void Remove(OpenHold hold, int payer)
    {
        _byId.Remove(hold.Id);
        _byEnd.Remove(hold);
        RemoveFrom(payer, hold);
        RemoveFrom(hold.To, hold);
    }

    /// <summary>The holds after a place in the order in which they end.</summary>
    /// <param name="account">Who pays or is paid; null for everybody.</param>
    /// <param name="place">Where; the hold there is left out.</param>
    public IEnumerable<OpenHold> After(int? account, HoldPlace place)
    {
        var holds = account is { } number ? _byAccount.GetValueOrDefault(number) : _byEnd;
        return holds is null || place == HoldPlace.End ? []
            : holds.GetViewBetween(Mark(place.Next()), Mark(HoldPlace.End));
    }

    /// <summary>Puts some in the order in which they end.</summary>
    public static IEnumerable<OpenHold> Order(IEnumerable<OpenHold> holds) => holds.Order(ByEnd);

    private static OpenHold Mark(HoldPlace place) =>
        new("", 0, 0, 0, place.EndsAt, 0, place.Sequence, default);

    private SortedSet<OpenHold> OfAccount(int account)
    {
        if (!_byAccount.TryGetValue(account, out var holds))
            _byAccount.Add(account, holds = new SortedSet<OpenHold>(ByEnd));
        return holds;
    }

    private void RemoveFrom(int account, OpenHold hold)
    {
        if (!_byAccount.TryGetValue(account, out var holds)) return;
        holds.Remove(hold);
        if (holds.Count == 0) _byAccount.Remove(account);
    }
}
