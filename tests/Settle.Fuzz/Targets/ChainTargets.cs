using Settle.Chain;
using Settle.Inbox;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>What stands in a database that others can write to: blocks and documents.</summary>
internal static class ChainTargets
{
    private static readonly byte[][] Members = Words(
        "\"amount\":|\"from\":|\"to\":|\"id\":|\"status\":\"successful\"|\"type\":\"transfer\"|\"hash\":|\"prev\":|\"entries\":[|\"height\":|\"site\":\"main\"|\"time\":|\"version\":4|\"writer\":|\"postings\":[|\"_rev\":\"1-a\"|\"_id\":|\"expires\":|\"hold\":|\"author\":|\\ud800|\\u0000");

    public static IEnumerable<Target> All
    {
        get
        {
            var blocks = Blocks();
            var documents = new[]
            {
                Bytes("""{"_id":"transfer:ada:1","_rev":"1-a","type":"transfer","from":"ada","to":"bob","amount":5,"timestamp":"2026-10-31T12:00:00Z","status":"pending","author":"ada"}"""),
                Bytes("""{"_id":"charge:ada:1","_rev":"1-a","type":"charge","customer":"bob","amount":5,"description":"x","date":"2026-10-31","status":"pending","author":"ada"}"""),
            };
            return
            [
                new("block", blocks, Members, input => Refusing<FormatException>(() => ReadBlock(input))),
                new("block-table", [.. blocks.Select(block => BlockTableWriter.Write(block).ToArray())],
                    [.. Members, .. Words("\"accounts\":[|\"sums\":[|[\"x\",0,1,5]|-5|9007199254740991")],
                    input => Refusing<FormatException>(() => ReadBlock(input))),
                new("written-table", blocks, Members, WriteTable),
                new("entry", [.. blocks.SelectMany(Entries)], Members,
                    input => Refusing<FormatException>(() => EntryReader.Read(input, new RequestBatch()))),
                new("document", documents, Members, ReadDocument),
            ];
        }
    }

    private static void ReadBlock(byte[] input)
    {
        var id = BlockId.Format("main", 1);
        BlockDocument.Parse(id, input, keepsBytes: true);
        BlockDocument.Parse(id, input, keepsBytes: false);
    }

    // Whatever a mirror brings is stored so that it comes back as it was, or as it is.
    private static void WriteTable(byte[] input)
    {
        var stored = BlockTableWriter.Write(input);
        if (stored.Equals(input.AsMemory())) return;
        ReadOnlyMemory<byte>? back = null;
        Refusing<FormatException>(() => back = BlockTableReader.Expand(stored));
        if (back is { } read ? read.Span.SequenceEqual(input) : !IsJson(input)) return;
        throw new InvalidOperationException("a block did not come back from its table");
    }

    private static bool IsJson(byte[] input)
    {
        try
        {
            JsonDocument.Parse(input).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The database hands out objects with an id and a revision, and nothing else.
    private static void ReadDocument(byte[] input)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(input);
        }
        catch (JsonException)
        {
            return;
        }
        using (json)
        {
            if (HasTexts(json.RootElement)) InboxDocument.Read(json.RootElement, new RequestBatch());
        }
    }

    private static bool HasTexts(JsonElement body)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object && DocumentFields.TextOf(body, "_rev") is not null
                && DocumentFields.TextOf(body, "_id") is { } id && InboxDocument.IsOne(id);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static byte[][] Entries(byte[] block)
    {
        using var json = JsonDocument.Parse(block);
        return [.. json.RootElement.GetProperty("entries").EnumerateArray().Select(each => Bytes(each.GetRawText()))];
    }

    // A chain with an entry of nearly every kind.
    private static byte[][] Blocks()
    {
        using var ledger = Ledger.InMemory();
        MakeAsync(ledger).GetAwaiter().GetResult();
        return [.. ledger.ReadBlocksAsync(1, 100).GetAwaiter().GetResult().Select(block => block.Body.ToArray())];
    }

    private static async Task MakeAsync(ILedger ledger)
    {
        await ledger.InitializeAsync("EUR");
        await ledger.PutAccountAsync(new AccountRequest { Account = "ada", Owners = ["ada"] });
        await ledger.TransferAsync("@world", "ada", Money.Of(100, "EUR"));
        await ledger.TransferAsync(new TransferRequest
        {
            From = "ada", To = "bob", Amount = Money.Of(1, "EUR"), Memo = "\"x\"\\",
            Meta = new Dictionary<string, string> { ["k"] = "v" }, Timestamp = DateTimeOffset.UnixEpoch,
        });
        await ledger.TransactAsync(new TransactionRequest
        {
            Id = "x", Postings =
            [
                new() { From = "ada", To = "bob", Amount = Money.Of(1, "EUR") },
                new() { From = "bob", To = "cyd", Amount = Money.Of(1, "EUR") },
            ],
        });
        await ledger.RevertAsync(new RevertRequest { Reverts = "x" });
        foreach (var id in (string[])["h1", "h2"])
            await ledger.HoldAsync(new HoldRequest { Id = id, From = "ada", To = "bob", Amount = Money.Of(2, "EUR"), ExpiresIn = TimeSpan.FromDays(1) });
        await ledger.CaptureAsync(new CaptureRequest { Hold = "h1", Amount = Money.Of(1, "EUR") });
        await ledger.VoidAsync(new VoidRequest { Hold = "h2" });
    }
}
