using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// Makes the steps of the algorithm of 2014 on a real server: each insert, each look at a view and
/// each verdict is a request, and what the trace says was read has to be what the server says.
/// </summary>
internal sealed partial class TransferReplay
{
    private const string Design = """
        {"_id": "_design/bank", "language": "javascript", "views": {
          "balance-available": {
            "map": "function (doc) { if (doc.status === 'successful') { emit(doc.from, -doc.amount); emit(doc.to, doc.amount); } }",
            "reduce": "_sum" },
          "oldest-pending": {
            "map": "function (doc) { if (doc.status === 'pending') emit(doc.timestamp, null); }" } } }
        """;

    private readonly CouchUser _database;
    private readonly IReadOnlyList<PublishedStep> _steps;

    // What a client found by a look that the trace says was late, by the number of its step.
    private readonly Dictionary<int, string> _lookedBefore = [];

    // The documents that clients are about to decide, as they read them.
    private readonly Dictionary<string, JsonObject> _read = [];

    public TransferReplay(CouchUser database, PublishedTrace trace)
    {
        (_database, _steps) = (database, trace.Steps);
        Put(JsonNode.Parse(Design)!.AsObject(), 201);
    }

    /// <summary>What the view says an account has.</summary>
    public string Balance(string account)
    {
        var rows = _database.Get($"_design/bank/_view/balance-available?key={Key(account)}")["rows"]!;
        var rest = rows.AsArray() is [{ } row] ? row["value"]!.GetValue<long>() : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{account} has {rest}");
    }

    public void Run()
    {
        var first = _steps.Select(step => Reading().Match(step.What)).First(
            reading => reading.Groups["view"].Value == "balance-available");
        var account = first.Groups["result"].Value.Split(' ');
        Insert("t0", "@world", account[0],
            long.Parse(account[2], CultureInfo.InvariantCulture), 0, "successful");
        for (var at = 0; at < _steps.Count; at++)
        {
            foreach (var late in LateLooksBefore(at)) _lookedBefore[late] = Look(late);
            Make(at);
        }
    }

    private void Make(int at)
    {
        var (who, what) = _steps[at];
        if (ClockReading().IsMatch(what)) return;
        if (Reading().IsMatch(what))
        {
            var seen = _lookedBefore.TryGetValue(at, out var late) ? late : Look(at);
            Assert.Equal($"{who} {Reading().Match(what).Groups["result"].Value}", $"{who} {seen}");
        }
        else if (Inserting().Match(what) is { Success: true } insert)
        {
            Insert(insert.Groups[1].Value, insert.Groups[2].Value, insert.Groups[3].Value,
                Number(insert.Groups[4]), Number(insert.Groups[5]), "pending");
        }
        else if (Writing().Match(what) is { Success: true } write)
        {
            var verdict = _read[$"{who} {write.Groups[1].Value}"].DeepClone().AsObject();
            verdict["status"] = write.Groups[2].Value;
            Put(verdict, write.Groups[3].Success ? 409 : 201);
        }
        else
        {
            Assert.Fail($"nobody knows how to make the step '{what}'");
        }
    }

    // A look whose answer is of before a write is one that was made before it and used after it.
    private IEnumerable<int> LateLooksBefore(int at) => Enumerable.Range(at, _steps.Count - at)
        .Where(later => Reading().Match(_steps[later].What) is { Success: true } reading
            && reading.Groups["missed"] is { Success: true, Value: var missed }
            && (reading.Groups["how"].Value == "inserted" ? "inserts" : "writes") is var verb
            && _steps[at].What.StartsWith($"{verb} {missed}", StringComparison.Ordinal));

    private string Look(int at)
    {
        var (who, what) = _steps[at];
        var reading = Reading().Match(what);
        if (reading.Groups["view"].Value == "balance-available")
            return Balance(reading.Groups["result"].Value.Split(' ')[0]);
        var until = _steps.Take(at).Last(step => step.Who == who && Inserting().IsMatch(step.What));
        var rows = _database.Get("_design/bank/_view/oldest-pending?limit=1&include_docs=true&endkey="
            + Inserting().Match(until.What).Groups[5].Value)["rows"]!.AsArray();
        if (rows is not [{ } row]) return "nothing";
        var id = row["id"]!.GetValue<string>();
        _read[$"{who} {id}"] = row["doc"]!.AsObject();
        return id;
    }

    private void Insert(
        string id, string from, string to, long amount, long timestamp, string status) =>
        Put(new JsonObject
        {
            ["_id"] = id, ["from"] = from, ["to"] = to, ["amount"] = amount,
            ["timestamp"] = timestamp, ["status"] = status,
        }, 201);

    private void Put(JsonObject document, int expected)
    {
        var (status, answer) = _database.Put(document);
        Assert.True(status == expected, $"{document["_id"]}: {status} {answer}, not {expected}");
    }

    private static long Number(Group group) =>
        long.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string Key(string text) => Uri.EscapeDataString($"\"{text}\"");

    [GeneratedRegex(@"^reads its clock: -?\d+$")]
    private static partial Regex ClockReading();

    [GeneratedRegex(@"^inserts (\S+): (\S+) -> (\S+) (\d+), timestamp (-?\d+)$")]
    private static partial Regex Inserting();

    [GeneratedRegex(@"^reads (?<view>oldest-pending|balance-available): (?<result>[^,]+)"
        + @"(, as before (?<missed>\S+) was (?<how>inserted|decided))?$")]
    private static partial Regex Reading();

    [GeneratedRegex(@"^writes (\S+) (successful|rejected)(: conflict)?$")]
    private static partial Regex Writing();
}
