using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Settle.Benchmarks.Baselines;

/// <summary>
/// "Atomic bank balance transfer with CouchDB" (2014) as it was published: a document per transfer with a timestamp
/// and a status, a view that sums the successful ones, a view that finds the oldest pending one. It is here to be
/// measured; it can overdraw accounts (docs/correctness.md).
/// </summary>
internal sealed class Published2014 : IAsyncDisposable
{
    private const int DocumentsAtOnce = 1000;

    private const string Design = """
        {"_id": "_design/bank", "views": {
          "balance-available": {
            "map": "function (doc) { if (doc.status === 'successful') { emit(doc.from, -doc.amount); emit(doc.to, doc.amount); } }",
            "reduce": "_sum" },
          "oldest-pending": {
            "map": "function (doc) { if (doc.status === 'pending') emit(doc.timestamp, null); }" } } }
        """;

    private readonly HttpClient _database;

    private Published2014(HttpClient database) => _database = database;

    /// <summary>Makes the database, with money in the accounts and some history.</summary>
    public static async Task<Published2014> MakeAsync(CouchServer server, int accounts, int history)
    {
        var bank = new Published2014(server.NewDatabase("posts"));
        await bank.SendAsync(HttpMethod.Put, "", null).ConfigureAwait(false);
        await bank.SendAsync(HttpMethod.Put, "_design/bank", JsonNode.Parse(Design)).ConfigureAwait(false);
        var documents = new JsonArray();
        for (var i = 0; i < accounts; i++)
            documents.Add((JsonNode)Document("@bank", TransferSource.AccountName(i), 1_000_000_000, "successful"));
        var source = new TransferSource(accounts);
        for (var i = 0; i < history; i++)
        {
            var transfer = source.Make();
            documents.Add((JsonNode)Document(transfer.From, transfer.To, (long)transfer.Amount.Units, "successful"));
            if (documents.Count < DocumentsAtOnce) continue;
            await bank.AddAsync(documents).ConfigureAwait(false);
            documents = [];
        }
        await bank.AddAsync(documents).ConfigureAwait(false);
        // The views are made before anybody measures.
        await bank.BalanceAsync("@bank").ConfigureAwait(false);
        await bank.ResolveAsync("0").ConfigureAwait(false);
        return bank;
    }

    /// <summary>Inserts the transfer, decides what is pending up to it, and reads what became of it.</summary>
    /// <returns>Whether it was successful.</returns>
    public async Task<bool> TransferAsync(TransferRequest transfer)
    {
        var timestamp = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        var id = Guid.NewGuid().ToString("N");
        var document = Document(transfer.From, transfer.To, (long)transfer.Amount.Units, "pending", timestamp);
        await SendAsync(HttpMethod.Put, id, document).ConfigureAwait(false);
        await ResolveAsync(timestamp).ConfigureAwait(false);
        var decided = await SendAsync(HttpMethod.Get, id, null).ConfigureAwait(false);
        return decided["status"]!.GetValue<string>() == "successful";
    }

    public async ValueTask DisposeAsync()
    {
        await SendAsync(HttpMethod.Delete, "", null).ConfigureAwait(false);
        _database.Dispose();
    }

    private async Task ResolveAsync(string until)
    {
        while (true)
        {
            var path = $"_design/bank/_view/oldest-pending?limit=1&include_docs=true&endkey={Key(until)}";
            var oldest = await SendAsync(HttpMethod.Get, path, null).ConfigureAwait(false);
            if (oldest["rows"]!.AsArray() is not [{ } row]) return;
            var document = row["doc"]!.DeepClone();
            var balance = await BalanceAsync(document["from"]!.GetValue<string>()).ConfigureAwait(false);
            var isEnough = balance >= document["amount"]!.GetValue<long>();
            document["status"] = isEnough ? "successful" : "rejected";
            // Somebody else may have decided it first: then the revision is another, and this is in vain.
            await SendAsync(HttpMethod.Put, document["_id"]!.GetValue<string>(), document).ConfigureAwait(false);
        }
    }

    private async Task<long> BalanceAsync(string account)
    {
        var sum = await SendAsync(HttpMethod.Get, $"_design/bank/_view/balance-available?key={Key(account)}", null)
            .ConfigureAwait(false);
        return sum["rows"]!.AsArray() is [{ } row] ? row["value"]!.GetValue<long>() : 0;
    }

    private Task<JsonNode> AddAsync(JsonArray documents) =>
        SendAsync(HttpMethod.Post, "_bulk_docs", new JsonObject { ["docs"] = documents });

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonBody.Of(body);
        using var response = await _database.SendAsync(request).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Conflict) response.EnsureSuccessStatusCode();
        return await JsonBody.ReadAsync(response).ConfigureAwait(false);
    }

    private static JsonObject Document(string from, string to, long amount, string status, string timestamp = "0") =>
        new()
        {
            ["from"] = from, ["to"] = to, ["amount"] = amount, ["timestamp"] = timestamp, ["status"] = status,
        };

    private static string Key(string text) => Uri.EscapeDataString(JsonValue.Create(text).ToJsonString());
}
