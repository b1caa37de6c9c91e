using System.Net;
using System.Runtime.InteropServices;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Reads each copy of a document by itself. What a cluster answers as a whole never decides
/// anything: it may come from fewer copies than were asked for, without a word.
/// </summary>
/// <param name="connection">To any node of the cluster.</param>
/// <param name="instance">When the database was made, which is part of its files' names.</param>
internal sealed class CopyReader(CouchConnection connection, string instance)
{
    // A node that is frozen says nothing at all; the others notice only after a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="StoreUnavailableException">The cluster cannot be asked.</exception>
    public async Task<IReadOnlyList<Copy>> ReadAsync(string id, CancellationToken cancellation)
    {
        var address = connection.Address;
        var answer = await connection
            .AskAsync(address.Of($"_shards/{Uri.EscapeDataString(id)}"), Patience, cancellation)
            .ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.OK) throw CouchErrors.Unavailable(address, answer);
        using var json = answer.Read(address);
        var range = json.RootElement.GetProperty("range").GetString();
        var shard = Uri.EscapeDataString($"shards/{range}/{address.Name}.{instance}");
        var nodes = json.RootElement.GetProperty("nodes").EnumerateArray();
        return await Task.WhenAll(nodes.Select(
            node => ReadAsync(node.GetString()!, shard, id, cancellation))).ConfigureAwait(false);
    }

    private async Task<Copy> ReadAsync(
        string node, string shard, string id, CancellationToken cancellation)
    {
        var address = connection.Address.OfServer(
            $"_node/{node}/{shard}/{Uri.EscapeDataString(id)}?open_revs=all");
        try
        {
            var answer = await connection.AskAsync(address, Patience, cancellation)
                .ConfigureAwait(false);
            return answer.Status == HttpStatusCode.OK
                ? new Copy(node, ReadBodies(answer))
                : new Copy(node, null, $"the copy on {node}: {answer.Reason}");
        }
        catch (StoreUnavailableException)
        {
            return new Copy(node, null, $"the copy on {node} does not answer");
        }
    }

    private List<CopyBody> ReadBodies(CouchAnswer answer)
    {
        using var json = answer.Read(connection.Address);
        var bodies = new List<CopyBody>();
        foreach (var leaf in json.RootElement.EnumerateArray())
        {
            if (!leaf.TryGetProperty("ok", out var body)) continue;
            bodies.Add(CopyBody.Of(body.GetProperty("_rev").GetString()!,
                JsonMarshal.GetRawUtf8Value(body).ToArray()));
        }
        return bodies;
    }
}
