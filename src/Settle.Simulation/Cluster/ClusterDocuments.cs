namespace Settle.Simulation;

/// <summary>
/// What clients wrote, as the nodes of a cluster show and take it: changes and views come from one
/// copy, which may lag behind; a read asks two, and a write all, of which two are enough.
/// </summary>
internal sealed class ClusterDocuments(
    SimulatedCluster cluster, ClusterNode coordinator, HttpMethod method, byte[]? body,
    string writer, Action<int, string> reply)
{
    private const string Oops = """{"error":"internal_server_error","reason":"no answer"}""";
    private const string Bank = "http://cluster/bank/";
    private const int Majority = 2;

    private static readonly string[] Asked =
        ["_changes", "_bulk_get", "_bulk_docs", "_design/settle-inbox/_view/waiting"];

    public static bool IsOne(string document) =>
        Asked.Contains(document) || document.StartsWith("transfer:", StringComparison.Ordinal);

    /// <summary>Answers what a client asks of the database.</summary>
    public void Ask(string document, string query)
    {
        if (document == "_changes") AskChanges(query);
        else if (document == "_bulk_docs") Write();
        else if (document.StartsWith("_design/", StringComparison.Ordinal))
            AskOne(Reader(), $"{document}?{query}", text => text);
        else AskTwo($"{document}?{query}");
    }

    /// <summary>The changes of one copy, by its own numbers.</summary>
    public void AskCopy(ClusterNode copy, string query) =>
        AskOne(copy, $"_changes?{query}", text => text);

    // The place names the copy that it is in. Another one begins anew: it tells too much then, and
    // never too little.
    private void AskChanges(string query)
    {
        var parts = query.Split('&').Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var place = parts["since"].Split('-');
        var known = cluster.Nodes.FirstOrDefault(node => node.Name == place[0] && node.IsWell);
        var reader = known ?? Reader();
        var since = place[0] == "now" ? "now" : known is null ? "0" : place[1];
        var rest = string.Join('&', parts.Where(pair => pair.Key != "since")
            .Select(pair => $"{pair.Key}={pair.Value}"));
        AskOne(reader, $"_changes?{rest}&since={since}", text =>
        {
            var at = text.LastIndexOf(':') + 1;
            return $"{text[..at]}\"{reader.Name}-{text[at..^1]}\"}}";
        });
    }

    private ClusterNode Reader() =>
        cluster.Dice.Of(cluster.Nodes) is { IsWell: true } well ? well : coordinator;

    private void AskOne(ClusterNode copy, string rest, Func<string, string> read) =>
        cluster.Send(coordinator, copy, () =>
        {
            var (status, text) = Request(copy.Documents, rest).Do();
            var answer = status == 200 ? read(text) : text;
            cluster.Send(copy, coordinator, () => reply(status, answer));
        }, () => coordinator.After(cluster.Delay(), () =>
            reply(412, $$"""{"error":"nodedown","reason":"{{copy.Name}} is down"}""")));

    private void AskTwo(string rest)
    {
        var found = new Database();
        var (answers, waiting, isOver) = (0, cluster.Nodes.Count, false);
        foreach (var copy in cluster.Nodes)
        {
            var isHeard = false;
            cluster.Send(coordinator, copy, () =>
            {
                var documents = copy.Documents.Documents.Select(each => each.Copy()).ToList();
                cluster.Send(copy, coordinator, () => Hear(ref isHeard, documents));
            }, () => coordinator.After(cluster.Delay(), () => Hear(ref isHeard, null)));
        }

        void Hear(ref bool isHeard, List<DatabaseDocument>? documents)
        {
            if (isHeard || isOver) return;
            isHeard = true;
            waiting--;
            if (documents is not null) answers++;
            documents?.ForEach(found.Merge);
            if (answers < Majority && waiting > 0) return;
            isOver = true;
            if (answers == 0) reply(500, Oops);
            else Reply(Request(found, rest).Do());
        }
    }

    // Each copy says of each document whether it takes it.
    private void Write()
    {
        var heard = new List<List<JsonElement>>();
        var (waiting, isOver) = (cluster.Nodes.Count, false);
        foreach (var copy in cluster.Nodes)
        {
            var isHeard = false;
            cluster.Send(coordinator, copy, () =>
            {
                var (_, text) = Request(copy.Documents, "_bulk_docs").Do();
                using var json = JsonDocument.Parse(text);
                var rows = json.RootElement.EnumerateArray().Select(row => row.Clone()).ToList();
                cluster.Took(copy, "documents", isTaken: true);
                cluster.Send(copy, coordinator, () => Hear(ref isHeard, rows));
            }, () => coordinator.After(cluster.Delay(), () => Hear(ref isHeard, null)));
        }

        void Hear(ref bool isHeard, List<JsonElement>? rows)
        {
            if (isHeard || isOver) return;
            isHeard = true;
            waiting--;
            if (rows is not null) heard.Add(rows);
            if (waiting > 0 && heard.Count < Majority) return;
            var together = heard.Count == 0 ? [] : Enumerable.Range(0, heard[0].Count)
                .Select(at => heard.Select(each => each[at]).ToList()).ToList();
            if (waiting > 0 && together.Exists(same => !IsAgreed(same))) return;
            isOver = true;
            if (heard.Count == 0) reply(500, Oops);
            else reply(201, $"[{string.Join(',', together.Select(Verdict))}]");
        }
    }

    private static bool IsAgreed(List<JsonElement> same) =>
        same.Count(IsTaken) is var taken && (taken >= Majority || same.Count - taken >= Majority);

    // Where too few took it, it was accepted all the same, if anybody did.
    private static string Verdict(List<JsonElement> same) => same.Count(IsTaken) >= Majority
        || same.Count(row => !IsTaken(row)) < Majority && same.Exists(IsTaken)
            ? same.Find(IsTaken).GetRawText() : same.Find(row => !IsTaken(row)).GetRawText();

    private static bool IsTaken(JsonElement row) => row.TryGetProperty("rev", out _);

    private void Reply((int Status, string Text) answer) => reply(answer.Status, answer.Text);

    private DatabaseRequest Request(Database copy, string rest) =>
        new(copy, method, Bank + rest.TrimEnd('?'), body, writer);
}
