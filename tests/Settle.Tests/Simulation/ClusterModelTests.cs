using System.Text.Json.Nodes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// The simulator's model of a cluster does what Apache CouchDB does: where
/// <c>SETTLE_COUCHDB_URL</c> names a cluster, every question here is asked there too.
/// </summary>
[Collection<SharedCouch>]
public sealed class ClusterModelTests(CouchFixture couch)
{
    private const string Block = "block%3Amain%3A000000000001";

    [Fact]
    public async Task It_answers_as_CouchDB_does_while_all_nodes_are_well()
    {
        await using var model = new ModelCluster(1);
        var answers = await AskAsync(model);
        Assert.Equal(
        [
            "201", "409", "409", "shows a", "shows a", "shows a", "404 missing", "copies a", "copies a",
            "copies a", "copies nothing", "201", "shows b",
        ], answers);
        if (Environment.GetEnvironmentVariable(CouchFixture.Variable)?.Contains(',') is not true) return;
        await using var real = await RealCluster.NewAsync(couch);
        Assert.Equal(answers, await AskAsync(real));
    }

    [Fact]
    public async Task A_body_that_comes_as_from_a_replicator_stands_beside_the_first_and_the_greater_is_shown()
    {
        await using var model = new ModelCluster(1);
        var answers = await AskBothAsync(model);
        Assert.Equal(
        [
            "201", "201", "shows b", "copies a,b", "shows b", "copies a,b", "shows b", "copies a,b",
            "201", "201", "shows a", "copies a,b", "shows a", "copies a,b", "shows a", "copies a,b",
        ], answers);
        if (Environment.GetEnvironmentVariable(CouchFixture.Variable)?.Contains(',') is not true) return;
        await using var real = await RealCluster.NewAsync(couch);
        Assert.Equal(answers, await AskBothAsync(real));
    }

    [Fact]
    public async Task Two_writers_are_never_both_told_that_all_copies_took_theirs()
    {
        foreach (var seed in Enumerable.Range(1, 200))
        {
            await using var model = new ModelCluster((ulong)seed);
            await AssertRaceAsync(model, 1);
        }
        if (Environment.GetEnvironmentVariable(CouchFixture.Variable)?.Contains(',') is not true) return;
        await using var real = await RealCluster.NewAsync(couch);
        for (var round = 1; round <= 50; round++) await AssertRaceAsync(real, round);
    }

    [Fact]
    public async Task A_majority_acknowledges_bodies_that_readers_never_see()
    {
        var (both, lost) = (0, 0);
        foreach (var seed in Enumerable.Range(1, 300))
        {
            await using var model = new ModelCluster((ulong)seed);
            var (first, second) = await RaceAsync(model, Block, 2);
            if (first is 409 || second is 409) continue;
            both++;
            // The copies tell each other in the end.
            await model.RestAsync();
            var shown = (await model.GetAsync(0, Block)).Text;
            if ((first is 201 && !shown.Contains("\"a\"", StringComparison.Ordinal))
                || (second is 201 && !shown.Contains("\"b\"", StringComparison.Ordinal)))
                lost++;
        }
        Assert.True(both > 30, $"{both} conflicts");
        Assert.True(lost > 10, $"{lost} lost");
    }

    private static async Task<List<string>> AskAsync(ICluster cluster)
    {
        var answers = new List<string>();
        foreach (var (node, body) in ((int, string)[])[(0, "a"), (1, "a"), (2, "b")])
            answers.Add($"{await cluster.PutAsync(node, Block, body, 3)}");
        for (var node = 0; node < 3; node++)
        {
            var (_, text) = await cluster.GetAsync(node, Block);
            answers.Add($"shows {JsonNode.Parse(text)!["writer"]}");
        }
        var (status, missing) = await cluster.GetAsync(0, "nothing");
        answers.Add($"{status} {JsonNode.Parse(missing)!["reason"]}");
        for (var node = 0; node < 3; node++) answers.Add(await CopiesAsync(cluster, node, Block));
        answers.Add(await CopiesAsync(cluster, 0, "nothing"));
        answers.Add($"{await cluster.PutAsync(0, "block%3Amain%3A000000000002", "b", 2)}");
        answers.Add("shows " + JsonNode.Parse(
            (await cluster.GetAsync(1, "block%3Amain%3A000000000002")).Text)!["writer"]);
        return answers;
    }

    private static async Task<List<string>> AskBothAsync(ICluster cluster)
    {
        var answers = new List<string>();
        foreach (var (id, digit) in ((string, char)[])[("block%3Amain%3A000000000003", 'f'),
            ("block%3Amain%3A000000000004", '0')])
        {
            answers.Add($"{await cluster.PutAsync(0, id, "a", 3)}");
            answers.Add($"{await cluster.MergeAsync(1, id, "b", "1-" + new string(digit, 32))}");
            for (var node = 0; node < 3; node++)
            {
                var (_, text) = await cluster.GetAsync(node, id);
                answers.Add($"shows {JsonNode.Parse(text)!["writer"]}");
                answers.Add(await CopiesAsync(cluster, node, id));
            }
        }
        return answers;
    }

    private static async Task<string> CopiesAsync(ICluster cluster, int node, string id)
    {
        var leaves = JsonNode.Parse((await cluster.CopyAsync(node, id)).Text)!.AsArray();
        return leaves.Count == 0 ? "copies nothing"
            : "copies " + string.Join(',', leaves.Select(leaf => $"{leaf!["ok"]!["writer"]}").Order());
    }

    private static async Task AssertRaceAsync(ICluster cluster, int height)
    {
        var id = $"block%3Amain%3A{height + 10:D12}";
        var (first, second) = await RaceAsync(cluster, id, 3);
        Assert.All((int[])[first, second], status => Assert.Contains(status, (int[])[201, 202, 409]));
        Assert.False(first is 201 && second is 201);
        if (first is not 201 && second is not 201) return;
        var winner = first is 201 ? "a" : "b";
        for (var node = 0; node < 3; node++)
            Assert.Equal($"copies {winner}", await CopiesAsync(cluster, node, id));
    }

    private static async Task<(int First, int Second)> RaceAsync(ICluster cluster, string id, int copies)
    {
        var answers = await cluster.BothAsync(
            () => cluster.PutAsync(0, id, "a", copies), () => cluster.PutAsync(1, id, "b", copies));
        return (answers[0], answers[1]);
    }

    internal static string Body(string id, string writer, string? revision = null)
    {
        var body = new JsonObject { ["_id"] = Uri.UnescapeDataString(id) };
        if (revision is not null) body["_rev"] = revision;
        (body["type"], body["writer"]) = ("block", writer);
        return body.ToJsonString();
    }
}
