using System.Net;
using Settle.Scheduling;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Waits until what clients wrote is in every copy of a cluster's database. Listings, views and
/// changes are answered from one copy of each part, which may lag behind what others have
/// acknowledged.
/// </summary>
/// <param name="connection">To any node of the cluster.</param>
/// <param name="instance">When the database was made, which is part of its files' names.</param>
internal sealed class CopyBarrier(CouchConnection connection, string instance)
{
    private const int PageRows = 10_000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    // The copies tell each other of changes within seconds.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private readonly CouchAddress _address = connection.Address;

    /// <summary>
    /// Returns when every document that one copy had, all copies have, in the same revisions.
    /// </summary>
    /// <param name="isWanted">Which ids matter.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">A copy is away, or stays behind.</exception>
    public async Task WaitAsync(Predicate<string> isWanted, CancellationToken cancellation)
    {
        var answer = await connection.GetAsync("_shards", cancellation).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.OK) throw CouchErrors.Unavailable(_address, answer);
        using var json = answer.Read(_address);
        foreach (var part in json.RootElement.GetProperty("shards").EnumerateObject())
        {
            var shard = Uri.EscapeDataString($"shards/{part.Name}/{_address.Name}.{instance}");
            string[] copies = [.. part.Value.EnumerateArray().Select(
                node => $"_node/{node.GetString()}/{shard}/_changes")];
            await WaitAsync(copies, isWanted, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(
        string[] copies, Predicate<string> isWanted, CancellationToken cancellation)
    {
        var began = connection.Clock.GetTimestamp();
        var read = copies.Select(_ => "0").ToArray();
        // Of each document that is not in all copies yet: its revisions in each of them.
        var open = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        for (var isFirst = true; ; isFirst = false)
        {
            for (var copy = 0; copy < copies.Length; copy++)
            {
                var at = copy;
                read[copy] = await ReadAsync(copies[copy], read[copy], (id, revisions) =>
                {
                    if (!open.TryGetValue(id, out var known))
                    {
                        // What comes later is not waited for.
                        if (!isFirst || !isWanted(id)) return;
                        open.Add(id, known = new string?[copies.Length]);
                    }
                    known[at] = known.FirstOrDefault(same => same == revisions) ?? revisions;
                }, cancellation).ConfigureAwait(false);
            }
            foreach (var (id, known) in open)
                if (Array.TrueForAll(known, revisions => revisions == known[0])) open.Remove(id);
            if (open.Count == 0) return;
            if (connection.Clock.GetElapsedTime(began) > WaitMax)
            {
                throw new StoreUnavailableException($"{_address.Location}: the copies do not have "
                    + $"the same of {open.Keys.First()}, and it cannot be known what else waits");
            }
            await Pause.ForAsync(LookInterval, connection.Clock, cancellation)
                .ConfigureAwait(false);
        }
    }

    private async Task<string> ReadAsync(string copy, string since,
        Action<string, string> onDocument, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await connection.AskAsync(
                _address.OfServer(string.Create(CultureInfo.InvariantCulture,
                    $"{copy}?style=all_docs&limit={PageRows}&since={since}")),
                CouchConnection.Patience, cancellation).ConfigureAwait(false);
            if (answer.Status != HttpStatusCode.OK)
                throw CouchErrors.Unavailable(_address, answer);
            using var json = answer.Read(_address);
            var rows = json.RootElement.GetProperty("results");
            foreach (var row in rows.EnumerateArray())
            {
                onDocument(row.GetProperty("id").GetString()!, string.Join(' ',
                    row.GetProperty("changes").EnumerateArray()
                        .Select(change => change.GetProperty("rev").GetString())
                        .Order(StringComparer.Ordinal)));
            }
            since = Uri.EscapeDataString(CouchFeed.LastIn(json.RootElement));
            if (rows.GetArrayLength() < PageRows) return since;
        }
    }
}
