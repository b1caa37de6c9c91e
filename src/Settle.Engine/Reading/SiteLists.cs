using System.Runtime.CompilerServices;
using Settle.Settling;
using Settle.Sites;
using Settle.State;
using Settle.Views;

namespace Settle.Reading;

/// <summary>Lists about the sites of a ledger. None holds the state's lock for long.</summary>
/// <param name="reader">Reads the state.</param>
internal sealed class SiteLists(LedgerReader reader)
{
    private const string Allowances = "allowances";
    private const string Orphans = "orphans";

    // A page of orphans ends early where blocks are large, or hold none.
    private const int BlocksPerRead = 8;
    private const long BytesPerPage = 8 << 20;

    private LedgerState State => reader.State;

    /// <summary>
    /// All sites, the founder first, without their parts. The caller holds the state's lock.
    /// </summary>
    public List<Site> Now() => State.Sites is not { HasSites: true } sites ? []
        : SiteViews.Of(sites, State).ConvertAll(site => !site.IsOwn ? site
            : site with { Reason = Standings.Why(sites)?.Message });

    /// <summary>All sites with their parts, the founder first.</summary>
    public async Task<List<Site>> ListAsync(CancellationToken cancellation)
    {
        var rows = await reader.ReadAsync(Now, cancellation).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = rows[i] with
            {
                Parts = await PartsAsync(rows[i].Name, cancellation).ConfigureAwait(false),
            };
        }
        return rows;
    }

    /// <summary>Whether a site may have any. The caller holds the state's lock.</summary>
    public bool HasParts(string site) => BookOf(site).Book is not null;

    /// <summary>What could be spent at a site, summed account by account.</summary>
    public async Task<IReadOnlyList<SitePart>> PartsAsync(
        string site, CancellationToken cancellation)
    {
        var (book, count) = await reader.ReadAsync(() => BookOf(site), cancellation)
            .ConfigureAwait(false);
        var sums = new SortedDictionary<int, Int128>();
        await reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            Sum(book!, from, to, sums);
            reader.Work.Add(to - from);
            return true;
        }, cancellation).ConfigureAwait(false);
        if (sums.Count == 0) return [];
        var assets = await reader.ReadAsync(
            () => sums.Keys.Select(number => book!.Assets[number]).ToList(), cancellation)
            .ConfigureAwait(false);
        return [.. sums.Values.Zip(assets, (sum, asset) =>
            new SitePart { Amount = asset.Of(sum) })];
    }

    /// <summary>A page of what a site is kept at, by account.</summary>
    public async Task<Page<StandingAllowance>> AllowancesAsync(
        string site, PageQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is { } text ? reader.Decode(text, Allowances) : null;
        if (cursor is not null && cursor.Name != site)
            throw new InvalidRequestException("after", "is the 'next' of another site's list");
        Shared? after = cursor is null ? null
            : new Shared(cursor.Giver ?? "", site, cursor.Account ?? "", cursor.Asset ?? "");
        var standing = await reader.ReadAsync(
            () => State.Sites?.DurableMoney.Standing ?? SiteStandings.None, cancellation)
            .ConfigureAwait(false);
        var found = standing.Of(site, after, query.Limit + 1).ToList();
        var isLast = found.Count <= query.Limit;
        if (!isLast) found.RemoveAt(query.Limit);
        return new([.. found.Select(kept => SiteViews.Of(kept.Key, kept.Value, reader.Assets))],
            isLast ? null : reader.Encode(new PageCursor
            {
                List = Allowances, Name = site, Account = found[^1].Key.Account,
                Asset = found[^1].Key.Asset, Giver = found[^1].Key.Giver,
            }));
    }

    /// <summary>A page of what ended sites decided after their end.</summary>
    public async Task<Page<Orphan>> OrphansAsync(PageQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is { } text ? reader.Decode(text, Orphans) : null;
        var skip = cursor?.Row ?? 0;
        var (page, bytes) = (new List<Orphan>(), 0L);
        await foreach (var (site, height, twins) in EndedAsync(cursor, cancellation)
            .ConfigureAwait(false))
        {
            var decided = twins.SelectMany(block => SiteViews.Orphans(block, reader.Assets))
                .Skip(skip).ToList();
            var room = query.Limit - page.Count;
            page.AddRange(decided.Take(room));
            bytes += twins.Sum(block => (long)block.Body.Length);
            if (decided.Count > room) return new(page, Next(site, height, skip + room));
            if (decided.Count == room || bytes >= BytesPerPage)
                return new(page, Next(site, height + 1, 0));
            skip = 0;
        }
        return new(page, null);
    }

    private string Next(string site, long height, int row) => reader.Encode(
        new PageCursor { List = Orphans, Name = site, Height = height, Row = row });

    // Where a site has forked, several blocks have one height.
    private async IAsyncEnumerable<(string Site, long Height, List<BlockDocument> Twins)>
        EndedAsync(PageCursor? cursor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ended = await reader.ReadAsync(() => State.Sites is { } sites
            ? sites.Table.Rows.Where(row => row.HasEnded
                && string.CompareOrdinal(row.Name, cursor?.Name) >= 0).ToList() : [], cancellation)
            .ConfigureAwait(false);
        foreach (var row in ended.OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            var from = row.Last.Height + 1;
            if (cursor?.Name == row.Name) from = long.Max(from, cursor.Height);
            while (await State.Copies!.ReadAsync(
                row.Name, from, from + BlocksPerRead - 1, cancellation).ConfigureAwait(false)
                is [.., var last] blocks)
            {
                foreach (var twins in blocks.GroupBy(block => block.Header.Height))
                    yield return (row.Name, twins.Key, [.. twins]);
                from = last.Header.Height + 1;
            }
        }
    }

    // The caller holds the state's lock.
    private (Book? Book, int Count) BookOf(string site) =>
        State.Sites is { } sites && sites.Chain(site) is { } chain && !sites.IsTakenDurably(chain)
            ? (chain.Book, chain.Book.DurablePositionCount) : (null, 0);

    private static void Sum(Book book, int from, int to, SortedDictionary<int, Int128> sums)
    {
        for (var number = from; number < to; number++)
        {
            var position = book.DurablePosition(number);
            if (position.Available > 0 && !book.IsWorld(position.Account))
                sums[position.Asset] = sums.GetValueOrDefault(position.Asset) + position.Available;
        }
    }
}
