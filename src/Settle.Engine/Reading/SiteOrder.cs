using System.Runtime.CompilerServices;
using Settle.Chains;

namespace Settle.Reading;

/// <summary>
/// The accounts of a ledger with several sites in one order: each chain's is sorted once and kept,
/// and a page takes from all of them what comes next.
/// </summary>
internal sealed class SiteOrder(LedgerReader reader)
{
    private readonly ConditionalWeakTable<SiteChain, KnownOrder> _orders = [];

    /// <summary>The order of each chain's names that counts.</summary>
    public async Task<List<NameOrder>> GetAsync(CancellationToken cancellation)
    {
        var chains = await reader.ReadAsync(() => reader.State.Sites is { } sites
            ? sites.Chains.Where(chain => !sites.IsTakenDurably(chain)).ToList() : [],
            cancellation).ConfigureAwait(false);
        var orders = new List<NameOrder>(chains.Count);
        foreach (var chain in chains)
        {
            orders.Add(await _orders.GetValue(chain, OrderOf).GetAsync(cancellation)
                .ConfigureAwait(false));
        }
        return orders;
    }

    /// <summary>The names in the order of their bytes, each once.</summary>
    /// <param name="orders">Those of all chains.</param>
    /// <param name="after">Only those behind it; null for all.</param>
    /// <param name="prefix">What they begin with; null for anything.</param>
    public static IEnumerable<string> Names(
        List<NameOrder> orders, string? after, string? prefix)
    {
        var places = orders.ConvertAll(order =>
            int.Max(order.PlaceAfter(after), order.PlaceOf(prefix)));
        var ends = orders.ConvertAll(order => order.PlaceBehind(prefix));
        while (true)
        {
            var least = -1;
            for (var i = 0; i < places.Count; i++)
            {
                if (places[i] < ends[i] && (least < 0 || Name(i)
                    .SequenceCompareTo(Name(least)) < 0))
                    least = i;
            }
            if (least < 0) yield break;
            var (order, place) = (orders[least], places[least]);
            for (var i = 0; i < places.Count; i++)
            {
                if (places[i] < ends[i] && Name(i).SequenceEqual(order.NameAt(place)))
                    places[i]++;
            }
            yield return Encoding.UTF8.GetString(order.NameAt(place));
        }

        ReadOnlySpan<byte> Name(int at) => orders[at].NameAt(places[at]);
    }

    private KnownOrder OrderOf(SiteChain chain) => new(reader,
        book => book.DurableAccountCount, book => book.AccountNameBytes, () => chain.Book);
}
