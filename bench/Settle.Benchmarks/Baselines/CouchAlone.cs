using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Settle.Benchmarks.Baselines;

/// <summary>
/// What a server takes of the same documents by hand, with nothing decided: more than that nobody
/// gets out of it.
/// </summary>
/// <param name="server">Where.</param>
/// <param name="ledger">The database that has the documents.</param>
internal sealed class CouchAlone(CouchServer server, string ledger)
{
    private const string Name = "alone";
    private const string Design = "_design/settle";
    private const int BlocksMax = 16;

    /// <summary>Puts the newest blocks into a database of their own, one after another.</summary>
    /// <param name="hasRules">Whether that database has the ledger's rules.</param>
    /// <returns>Entries a second.</returns>
    public async Task<double> PutBlocksAsync(bool hasRules)
    {
        var blocks = await ReadBlocksAsync().ConfigureAwait(false);
        using var database = await MakeAsync(hasRules).ConfigureAwait(false);
        // Rows of a table, four values each, share an array.
        var entries = blocks.Sum(block => block["entries"]!.AsArray().Sum(
            entry => entry is JsonArray rows ? rows.Count / 4 : 1));
        var bodies = blocks.ConvertAll(
            block => (Id: block["_id"]!.ToString(), Json: block.ToJsonString()));
        var stopwatch = Stopwatch.StartNew();
        foreach (var (id, json) in bodies)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await database.PutAsync(Uri.EscapeDataString(id), content).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
        }
        var perSecond = BenchmarkRun.PerSecond(entries, stopwatch);
        await server.RemoveAsync(Name).ConfigureAwait(false);
        return perSecond;
    }

    /// <summary>Reads all blocks and does nothing with them.</summary>
    /// <param name="transfers">How many are in them.</param>
    /// <param name="readers">How many read at once, each its part of the chain.</param>
    /// <returns>Transfers a second.</returns>
    public async Task<double> ReadBlocksAsync(int transfers, int readers)
    {
        using var database = server.NewDatabase(ledger);
        var ids = (await database.GetJsonAsync(
            "_all_docs?startkey=%22block:%22&endkey=%22block:~%22").ConfigureAwait(false))["rows"]!
            .AsArray().Select(row => row!["id"]!.ToString()).ToList();
        var pages = ids.Chunk(BlocksMax).ToList();
        var stopwatch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = readers },
            async (page, cancellation) =>
            {
                using var answer = await database.GetAsync(
                    $"_all_docs?include_docs=true&startkey=%22{page[0]}%22&endkey=%22{page[^1]}%22",
                    HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
                await answer.Content.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return BenchmarkRun.PerSecond(transfers, stopwatch);
    }

    /// <summary>Builds the ledger's views under another name, which the server has no index of.</summary>
    /// <param name="transfers">How many are in them.</param>
    /// <returns>Transfers a second.</returns>
    public async Task<double> BuildViewsAsync(int transfers)
    {
        using var database = server.NewDatabase(ledger);
        var design = WithoutRevision(await database.GetJsonAsync(Design).ConfigureAwait(false));
        design.Remove("_id");
        design.Remove("validate_doc_update");
        // The index of a view is known by its source.
        foreach (var (_, view) in design["views"]!.AsObject()) view!["map"] = $"{view["map"]} // again";
        var stopwatch = Stopwatch.StartNew();
        using var body = JsonBody.Of(design);
        using var put = await database.PutAsync("_design/again", body).ConfigureAwait(false);
        put.EnsureSuccessStatusCode();
        using var asked = await database.GetAsync("_design/again/_view/balance-available").ConfigureAwait(false);
        asked.EnsureSuccessStatusCode();
        return BenchmarkRun.PerSecond(transfers, stopwatch);
    }

    /// <summary>Writes documents in bulk, several bulks at once.</summary>
    /// <param name="bulks">Their documents.</param>
    /// <param name="atOnce">How many bulks are under way at a time.</param>
    /// <param name="hasRules">Whether the database has the ledger's rules.</param>
    /// <returns>Documents a second.</returns>
    public async Task<double> WriteAsync(IReadOnlyList<JsonArray> bulks, int atOnce, bool hasRules)
    {
        using var database = await MakeAsync(hasRules).ConfigureAwait(false);
        var documents = bulks.Sum(bulk => bulk.Count);
        var stopwatch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bulks, new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (bulk, cancellation) =>
            {
                using var body = JsonBody.Of(new JsonObject { ["docs"] = bulk.DeepClone() });
                using var answer = await database.PostAsync("_bulk_docs", body, cancellation).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
            }).ConfigureAwait(false);
        var perSecond = BenchmarkRun.PerSecond(documents, stopwatch);
        await server.RemoveAsync(Name).ConfigureAwait(false);
        return perSecond;
    }

    private async Task<List<JsonObject>> ReadBlocksAsync()
    {
        using var database = server.NewDatabase(ledger);
        var listing = await database.GetJsonAsync(
            $"_all_docs?include_docs=true&descending=true&limit={BlocksMax}&startkey=%22block:~%22&endkey=%22block:%22")
            .ConfigureAwait(false);
        return listing["rows"]!.AsArray().Select(row => WithoutRevision(row!["doc"]!)).ToList();
    }

    private async Task<HttpClient> MakeAsync(bool hasRules)
    {
        var database = server.NewDatabase(Name);
        using var made = await database.PutAsync("", null).ConfigureAwait(false);
        made.EnsureSuccessStatusCode();
        if (!hasRules) return database;
        using var source = server.NewDatabase(ledger);
        var design = await source.GetJsonAsync(Design).ConfigureAwait(false);
        using var body = JsonBody.Of(WithoutRevision(design));
        using var put = await database.PutAsync(Design, body).ConfigureAwait(false);
        put.EnsureSuccessStatusCode();
        return database;
    }

    private static JsonObject WithoutRevision(JsonNode document)
    {
        var copy = (JsonObject)document.DeepClone();
        copy.Remove("_rev");
        return copy;
    }
}
