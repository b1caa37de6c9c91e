using Settle.Stores.CouchDb;

namespace Settle.Simulation;

/// <summary>
/// A CouchDB cluster whose every step waits until the explorer lets it happen: each write reaches
/// each copy by itself, each copy is read by itself. The product's own store for CouchDB runs on
/// it, down to its HTTP client.
/// </summary>
/// <remarks>
/// A slow or frozen node is one whose steps happen later. A read of all copies as one (a document,
/// a listing) is one step, because nothing is decided by it. Nodes are all alike: states that
/// differ only in which of them is which are one.
/// </remarks>
internal sealed class ExploredCluster : IExploredPlace
{
    private const string NodeDown = """{"error":"nodedown","reason":"nodedown"}""";

    private static readonly CouchAddress Address = CouchAddress.Parse("couchdb://cluster/bank");

    private readonly List<ExploredRequest> _requests = [];
    private readonly HashSet<ClusterNode> _down = [];
    private readonly HashSet<ulong> _abandoned = [];

    public ExploredCluster(int copies)
    {
        var timeline = new Timeline(0);
        Nodes = [.. Enumerable.Range(0, copies).Select(number =>
            new ClusterNode(timeline, $"node{number}"))];
    }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => new ClusterChain(Nodes).Blocks;

    public bool IsAway => _down.Count > 0;

    public IEnumerable<Choice> Choices
    {
        get
        {
            foreach (var request in _requests)
                foreach (var choice in request.Choices) yield return choice;
            foreach (var node in Different(Nodes)) yield return Turn(node);
            foreach (var choice in Replications()) yield return choice;
        }
    }

    public Choice? Quick => _down.Count > 0 ? null
        : _requests.Select(request => request.Quick).FirstOrDefault(step => step is not null);

    // Nodes are alike, so that what is at each of them is summed up.
    public ulong State
    {
        get
        {
            var state = 0UL;
            foreach (var node in Nodes) state += Folding.Of(StateOf(node));
            foreach (var request in _requests) state += Folding.Of(request.StateAnywhere);
            return state;
        }
    }

    /// <summary>
    /// Of nodes that are the same in everything, one: what happens at the others leads to the same.
    /// </summary>
    public IReadOnlyList<ClusterNode> Different(IReadOnlyList<ClusterNode> nodes)
    {
        if (nodes.Count == 1) return nodes;
        var states = nodes.Select(StateOf).ToArray();
        return [.. nodes.Where((_, at) => Array.IndexOf(states, states[at]) == at)];
    }

    public bool IsUp(ClusterNode node) => !_down.Contains(node);

    public async Task<ExploredCalls> OpenAsync(Writer owner)
    {
        var network = new CouchNetwork(owner.Clock, () => new ExploredGate(this, owner));
        var store = await CouchStore.OpenAsync(
            Address, mayMake: false, isReadOnly: false, CancellationToken.None, network)
            .ConfigureAwait(false);
        var clock = owner.Clock;
        return new ExploredCalls(
            new ClusterStore(store), owner.Process, () => StoreMemory.Of(store, clock));
    }

    public bool IsAwaitedBy(Writer owner) =>
        _requests.Exists(request => request.IsAwaited && request.Owner == owner);

    public void Forget(Writer owner)
    {
        foreach (var request in _requests)
            if (request.Owner == owner) request.Forget();
    }

    /// <summary>Takes a request.</summary>
    public ExploredRequest Ask(Writer owner, string address, byte[]? body)
    {
        _requests.RemoveAll(request => request.IsOver);
        var request = body is null ? Reading(owner, address) : Writing(owner, address, body);
        if (owner.IsDone) request.Forget();
        _requests.Add(request);
        return request;
    }

    private ExploredWrite Writing(Writer owner, string address, byte[] body)
    {
        var (path, query) = CouchTexts.Parts(address);
        var (id, copies) = (path[1], int.Parse(query["w"]));
        if (!query.ContainsKey("new_edits"))
            return new(this, owner, id, (ClusterNode.Revision(body), body), copies, false);
        var revision = CouchTexts.NamedRevision(body);
        return new(
            this, owner, id, (revision, CouchTexts.Plain(body, revision)), copies, true);
    }

    private ExploredRequest Reading(Writer owner, string address)
    {
        var (path, query) = CouchTexts.Parts(address);
        var nodes = string.Join(',', Nodes.Select(node => $"\"{node.Name}\""));
        if ((path[0] == "_node" && path[1] == "_local") || path[^1] == CouchTexts.Design)
            return new ExploredFact(owner, 404, CouchTexts.Missing);
        if (path.Length == 1)
        {
            return new ExploredFact(owner, 200, "{\"db_name\":\"bank\","
                + $"\"instance_start_time\":\"17\",\"cluster\":{{\"n\":{Nodes.Count}}}}}");
        }
        if (path[1] == "_shards")
            return new ExploredFact(owner, 200, $"{{\"range\":\"0-f\",\"nodes\":[{nodes}]}}");
        if (path[0] == "_node")
        {
            var copy = Nodes.Single(node => node.Name == path[1]);
            return new ExploredLook(owner, path[3], () => SeeCopy(copy, path[3]), copy,
                () => IsSettled(path[3], copy));
        }
        return path[1] == "_all_docs"
            ? new ExploredLook(owner, query["startkey"], () => SeeList(query), null,
                () => false)
            : new ExploredLook(owner, path[1], () => SeeDocument(path[1]), null,
                () => Nodes.All(node => IsSettled(path[1], node)));
    }

    private ulong StateOf(ClusterNode node)
    {
        var state = IsUp(node) ? 1UL : 2;
        foreach (var id in node.Ids)
            foreach (var (revision, _) in node.Bodies(id)) state += Folding.Of(revision);
        _abandoned.Clear();
        foreach (var request in _requests)
        {
            var here = request.StateAt(node);
            // A body that nobody waits for any more is on its way once or twice: the second time
            // does nothing.
            if (request.IsAwaited || _abandoned.Add(here)) state += Folding.Of(here);
        }
        return state;
    }

    // Every copy holds a body, so that no new one can come, and this one holds all that there are.
    private bool IsSettled(string id, ClusterNode copy) =>
        Nodes.All(node => node.Bodies(id).Count > 0)
        && Nodes.SelectMany(node => node.Bodies(id)).Select(body => body.Revision)
            .Concat(_requests.OfType<ExploredWrite>().Where(write => write.Brings(id))
                .Select(write => write.Revision))
            .All(revision => copy.Bodies(id).Any(body => body.Revision == revision));

    private IEnumerable<Sight> SeeCopy(ClusterNode copy, string id)
    {
        if (Different([.. Nodes.TakeWhile(node => node != copy), copy])[^1] != copy) yield break;
        yield return IsUp(copy)
            ? new(Names(copy.Bodies(id)), 200, () => CouchTexts.Leaves(copy.Bodies(id)))
            : new("nobody", 412, () => NodeDown);
    }

    // Any two equal answers are enough. Where they differ, the greatest revision is shown.
    private IEnumerable<Sight> SeeDocument(string id)
    {
        var shown = Nodes.Where(IsUp).Select(node => node.Winner(id)).ToList();
        for (var first = 0; first < shown.Count; first++)
        {
            for (var second = first + 1; second < shown.Count; second++)
            {
                var isSame = shown[first]?.Revision == shown[second]?.Revision;
                yield return SeeBody(isSame ? shown[first] : Greatest(shown));
            }
        }
        if (shown.Count == 1) yield return SeeBody(shown[0]);
    }

    private static Sight SeeBody((string Revision, byte[] Body)? found) => found is { } known
        ? new(Names([known]), 200, () => CouchTexts.Shown(known))
        : new("nothing", 404, () => CouchTexts.Missing);

    // The database has two parts, each of which is listed from any copy.
    private IEnumerable<Sight> SeeList(Dictionary<string, string> query)
    {
        var (first, last) = (CouchTexts.Key(query["startkey"]), CouchTexts.Key(query["endkey"]));
        var limit = int.Parse(query["limit"]);
        var up = Nodes.Where(IsUp).ToList();
        foreach (var even in up)
        {
            foreach (var odd in up)
            {
                var found = even.Ids.Where(id => id[^1] % 2 == 0)
                    .Select(id => (Id: id, Body: even.Winner(id)!.Value))
                    .Concat(odd.Ids.Where(id => id[^1] % 2 == 1)
                        .Select(id => (Id: id, Body: odd.Winner(id)!.Value)))
                    .Where(row => string.CompareOrdinal(row.Id, first) >= 0
                        && string.CompareOrdinal(row.Id, last) <= 0)
                    .OrderBy(row => row.Id, StringComparer.Ordinal).Take(limit).ToList();
                yield return new(Names(found.Select(row => row.Body)), 200, () => CouchTexts.Rows(
                    found.Select(row => (row.Id, CouchTexts.Shown(row.Body)))));
            }
        }
    }

    private Choice Turn(ClusterNode node) => IsUp(node)
        ? new(() => $"{node.Name} dies", Mishap.NodeDies, () => _down.Add(node))
        : new(() => $"{node.Name} is back", Mishap.None, () => _down.Remove(node));

    // From which of the others it comes is all the same.
    private IEnumerable<Choice> Replications() =>
        from target in Different(Nodes)
        where IsUp(target)
        from body in Nodes.Where(IsUp).SelectMany(source => source.Ids.SelectMany(
            id => source.Bodies(id).Select(each => (Id: id, each.Revision, each.Body))))
            .DistinctBy(each => each.Revision)
        where target.Bodies(body.Id).All(known => known.Revision != body.Revision)
        select new Choice(
            () => $"{target.Name} hears of {body.Id} {ExploredWrite.Short(body.Revision)}",
            Mishap.Replication, () => target.Merge(body.Id, body.Revision, body.Body));

    private static (string Revision, byte[] Body)? Greatest(
        List<(string Revision, byte[] Body)?> shown) => shown.MaxBy(
            each => each?.Revision ?? "", StringComparer.Ordinal);

    private static string Names(IEnumerable<(string Revision, byte[] Body)> bodies) =>
        bodies.Any() ? string.Join(' ', bodies.Select(body => ExploredWrite.Short(body.Revision)))
            : "nothing";
}
