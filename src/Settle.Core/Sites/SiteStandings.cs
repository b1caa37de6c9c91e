using System.Collections;
using System.Collections.Immutable;

namespace Settle.Sites;

/// <summary>
/// What sites are kept at, by account, in one order for everybody. Immutable, and a part of it
/// costs no more than its size: there may be one for every account.
/// </summary>
internal sealed class SiteStandings : IEnumerable<KeyValuePair<Shared, SiteStanding>>
{
    private static readonly ImmutableSortedSet<Shared> Unordered =
        ImmutableSortedSet<Shared>.Empty.WithComparer(Comparer<Shared>.Create(Compare));

    public static readonly SiteStandings None = new(
        ImmutableDictionary<Shared, SiteStanding>.Empty,
        Unordered, ImmutableDictionary<string, ImmutableSortedSet<Shared>>.Empty);

    private readonly ImmutableDictionary<Shared, SiteStanding> _amounts;
    private readonly ImmutableSortedSet<Shared> _order;

    private readonly ImmutableDictionary<string, ImmutableSortedSet<Shared>> _byTaker;

    private SiteStandings(ImmutableDictionary<Shared, SiteStanding> amounts,
        ImmutableSortedSet<Shared> order,
        ImmutableDictionary<string, ImmutableSortedSet<Shared>> byTaker) =>
        (_amounts, _order, _byTaker) = (amounts, order, byTaker);

    public int Count => _order.Count;

    /// <summary>What is kept; nothing for what is not.</summary>
    public SiteStanding this[Shared what] => _amounts.GetValueOrDefault(what);

    public SiteStandings With(Shared what, SiteStanding kept) =>
        new(_amounts.SetItem(what, kept), _order.Add(what),
            _byTaker.SetItem(what.Taker, Of(what.Taker).Add(what)));

    public SiteStandings Without(Shared what) =>
        new(_amounts.Remove(what), _order.Remove(what),
            _byTaker.SetItem(what.Taker, Of(what.Taker).Remove(what)));

    public SiteStandings WithoutAll(Func<Shared, bool> isGone)
    {
        List<Shared> gone = [.. _order.Where(isGone)];
        var byTaker = _byTaker;
        foreach (var ofTaker in gone.GroupBy(what => what.Taker))
            byTaker = byTaker.SetItem(ofTaker.Key, Of(ofTaker.Key).Except(ofTaker));
        return new(_amounts.RemoveRange(gone), _order.Except(gone), byTaker);
    }

    /// <summary>What one site is kept at, in the same order.</summary>
    public ImmutableSortedSet<Shared> Of(string taker) =>
        _byTaker.GetValueOrDefault(taker, Unordered);

    /// <summary>What one site is kept at after a place in the order.</summary>
    /// <param name="taker">The site.</param>
    /// <param name="after">The place, which need not exist any more; null for the start.</param>
    /// <param name="count">How many, at most.</param>
    public IEnumerable<KeyValuePair<Shared, SiteStanding>> Of(
        string taker, Shared? after, int count)
    {
        var order = Of(taker);
        // What is not there any more has the complement of the next one's index.
        var at = after is { } place ? order.IndexOf(place) : ~0;
        var first = at < 0 ? ~at : at + 1;
        for (var i = first; i < order.Count && i - first < count; i++)
            yield return new(order[i], _amounts[order[i]]);
    }

    /// <summary>Some of them, from a place on; after the last comes the first.</summary>
    /// <param name="first">The place, at least 0.</param>
    /// <param name="count">How many, at most.</param>
    public IEnumerable<KeyValuePair<Shared, SiteStanding>> From(int first, int count)
    {
        for (var i = 0; i < int.Min(count, Count); i++)
        {
            var what = _order[(first + i) % Count];
            yield return new(what, _amounts[what]);
        }
    }

    public IEnumerator<KeyValuePair<Shared, SiteStanding>> GetEnumerator() =>
        _order.Select(what => KeyValuePair.Create(what, _amounts[what])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Compare(Shared one, Shared other) =>
        string.CompareOrdinal(one.Account, other.Account) is var byAccount and not 0 ? byAccount
        : string.CompareOrdinal(one.Asset, other.Asset) is var byAsset and not 0 ? byAsset
        : SiteNames.Compare(one.Taker, other.Taker) is var byTaker and not 0 ? byTaker
        : SiteNames.Compare(one.Giver, other.Giver);
}
