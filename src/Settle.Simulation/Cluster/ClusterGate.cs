using System.Net;

namespace Settle.Simulation;

/// <summary>
/// One machine's way to the cluster: takes the place of the network below the product's HTTP
/// client, and answers as CouchDB's nodes would.
/// </summary>
internal sealed class ClusterGate(
    Timeline timeline, Machine owner, SimulatedCluster cluster, FaultRates faults, int home)
    : HttpMessageHandler
{
    private const string Oops = """{"error":"internal_server_error","reason":"no answer"}""";

    // So long a write may take from a node to all copies, be they as slow as can be.
    private const long WriteMax = 3_000_000;

    private readonly Dice _dice = timeline.Dice;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<(int Status, string Body)>();
        using var gaveUp = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        var node = cluster.Nodes[cluster.IsBalanced ? _dice.Below(cluster.Nodes.Count) : home];
        var body = request.Content is null ? null
            : await request.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var address = request.RequestUri!.OriginalString;
        var isWrite = request.Method == HttpMethod.Put
            || address.EndsWith("/_bulk_docs", StringComparison.Ordinal);
        Carry(node, isWrite, answer, reply => Ask(node, request.Method, address, body, reply));
        var (status, text) = await answer.Task.ConfigureAwait(false);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        };
    }

    // Between the machine and the node it asks: what is lost, late or doubled there.
    private void Carry(ClusterNode node, bool isWrite,
        TaskCompletionSource<(int Status, string Body)> answer, Action<Action<int, string>> ask)
    {
        if (node.IsDown)
        {
            Fail(answer, HttpRequestError.ConnectionError);
            return;
        }
        if (isWrite && faults.Happens(Faults.LostRequest, _dice)) return;
        if (faults.Happens(isWrite ? Faults.Unavailable : Faults.ReadError, _dice))
        {
            Answer(answer, 500, Oops);
            return;
        }
        node.WhenLost(() => Fail(answer, HttpRequestError.ResponseEnded));
        var losesAnswer = isWrite && faults.Happens(Faults.LostAnswer, _dice);
        if (isWrite && faults.Happens(Faults.Duplicate, _dice))
            Arrive(node, cluster.Delay() + _dice.Below(20_000), () => ask((_, _) => { }));
        var late = isWrite && faults.Happens(Faults.LateLanding, _dice)
            ? _dice.Between(1_000_000, 20_000_000) : 0;
        if (isWrite) timeline.Expect(late + WriteMax);
        Arrive(node, late + cluster.Delay(), () => ask((status, text) =>
        {
            if (losesAnswer || node.IsCutOff) return;
            Answer(answer, status, text);
        }));
    }

    private static void Arrive(ClusterNode node, long delay, Action action) =>
        node.After(delay, () =>
        {
            if (!node.IsCutOff) action();
        });

    private void Answer(
        TaskCompletionSource<(int Status, string Body)> answer, int status, string text) =>
        timeline.After(cluster.Delay(), owner, () => answer.TrySetResult((status, text)));

    private void Fail(
        TaskCompletionSource<(int Status, string Body)> answer, HttpRequestError error) =>
        timeline.After(cluster.Delay(), owner,
            () => answer.TrySetException(new HttpRequestException(error, $"{error}")));

    private void Ask(ClusterNode node, HttpMethod method, string address, byte[]? body,
        Action<int, string> reply)
    {
        var (path, query) = CouchTexts.Parts(address);
        var documents =
            new ClusterDocuments(cluster, node, method, body, owner.Name, reply);
        var asked = address.Contains('?', StringComparison.Ordinal)
            ? address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        if (path[^1] == CouchTexts.Design) reply(404, CouchTexts.Missing);
        else if (path[0] == "_node" && path[^1] == "_changes")
            documents.AskCopy(cluster.Nodes.Single(each => each.Name == path[1]), asked);
        else if (path.Length > 1 && ClusterDocuments.IsOne(string.Join('/', path[1..])))
            documents.Ask(string.Join('/', path[1..]), asked);
        else if (path[0] == "_node" && path[1] == "_local") reply(404, CouchTexts.Missing);
        else if (path[0] == "_node") ReadCopy(node, path[1], path[3], reply);
        else if (path.Length == 1)
            reply(200, """{"db_name":"bank","instance_start_time":"17","cluster":{"n":3}}""");
        else if (path[1] == "_shards" && path.Length == 2)
            reply(200, """{"shards":{"0-f":["node0","node1","node2"]}}""");
        else if (path[1] == "_shards")
            reply(200, """{"range":"0-f","nodes":["node0","node1","node2"]}""");
        else if (path[1] == "_all_docs") List(node, query, reply);
        else if (body is not null)
        {
            Write(node, path[1], int.Parse(query["w"]), body, query.ContainsKey("new_edits"),
                reply);
        }
        else Read(node, path[1], reply);
    }

    private void Write(ClusterNode node, string id, int copies, byte[] body, bool isReplicated,
        Action<int, string> reply)
    {
        var revision = isReplicated ? CouchTexts.NamedRevision(body) : ClusterNode.Revision(body);
        var stored = isReplicated ? CouchTexts.Plain(body, revision) : body;
        new ClusterWrite(cluster, node, copies, isReplicated, status =>
        {
            Say($"{node.Name} answers {status} to {id}");
            reply(status, CouchTexts.Written(status, id, revision));
        }).Send(id, revision, stored);
    }

    private void Read(ClusterNode node, string id, Action<int, string> reply) =>
        new ClusterRead(cluster, node, id, (found, isAnswer) =>
        {
            if (!isAnswer) reply(500, Oops);
            else if (found is { } known) reply(200, CouchTexts.Shown(known));
            else reply(404, CouchTexts.Missing);
        }).Send();

    // The database has two parts. Each is listed from one copy, whichever answers first, at a
    // moment of its own.
    private void List(
        ClusterNode node, Dictionary<string, string> query, Action<int, string> reply)
    {
        var (first, last) = (CouchTexts.Key(query["startkey"]), CouchTexts.Key(query["endkey"]));
        var limit = int.Parse(query["limit"]);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = 2;
        for (var part = 0; part < 2; part++)
        {
            var (mine, reader) = (part, _dice.Of(cluster.Nodes));
            if (!reader.IsWell) reader = node;
            cluster.Send(node, reader, () =>
            {
                var found = reader.Ids.Where(id => id[^1] % 2 == mine
                        && string.CompareOrdinal(id, first) >= 0
                        && string.CompareOrdinal(id, last) <= 0)
                    .Take(limit)
                    .Select(id => (id, CouchTexts.Shown(reader.Winner(id)!.Value))).ToList();
                cluster.Send(reader, node, () =>
                {
                    foreach (var (id, body) in found) rows.Add(id, body);
                    if (--waiting > 0) return;
                    reply(200, CouchTexts.Rows(
                        rows.Take(limit).Select(row => (row.Key, row.Value))));
                });
            }, () => reply(500, Oops));
        }
    }

    private void ReadCopy(ClusterNode node, string name, string id, Action<int, string> reply)
    {
        var copy = cluster.Nodes.Single(each => each.Name == name);
        cluster.Send(node, copy, () =>
        {
            var text = CouchTexts.Leaves(copy.Bodies(id));
            cluster.Send(copy, node, () => reply(200, text));
        }, () => node.After(cluster.Delay(), () =>
            reply(412, $$"""{"error":"nodedown","reason":"{{name}} is down"}""")));
    }

    private void Say(string what)
    {
        if (timeline.Trace.IsKept) timeline.Trace.Add(timeline.Now, owner.Name, what);
    }
}
