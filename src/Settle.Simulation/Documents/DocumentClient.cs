using System.Text.Json.Nodes;

namespace Settle.Simulation;

/// <summary>
/// A program that knows only the database: drops transfers into it, and edits, duplicates, deletes
/// and sets back what is there, at any moment.
/// </summary>
internal sealed class DocumentClient(
    World world, IDocumentPlace place, DocumentSource source, string name, int calls)
{
    private readonly Dice _dice = world.Dice;

    public async Task RunAsync()
    {
        for (var i = 0; i < calls; i++)
        {
            await world.Timeline.DelayAsync(_dice.Below(3) == 0 ? _dice.Between(0, 2_000)
                : _dice.Between(0, 300_000)).ConfigureAwait(false);
            var database = Copy();
            var known = Known(database);
            if (known is null || _dice.Below(2) == 0) Drop(database, source.New());
            else await ChangeAsync(database, known).ConfigureAwait(false);
        }
    }

    /// <summary>Does something to a document that is there.</summary>
    public async Task ChangeAsync(Database database, DatabaseDocument document)
    {
        var read = document.Winner;
        // What was read may be old when it is written.
        if (_dice.Chance(500))
            await world.Timeline.DelayAsync(_dice.Between(0, 3_000)).ConfigureAwait(false);
        var id = document.Id["transfer:".Length..];
        switch (_dice.Below(6))
        {
            case 0:
                Replace(database, document, read,
                    new JsonObject { ["_deleted"] = true }, "deletes it");
                break;
            case 1 when ContentOf(read) is { } known:
                Write(database, source.Same(known, $"{id}-again"), "duplicates it as");
                break;
            case 2 when ContentOf(read) is { } known:
                Replace(database, document, read, source.Same(known, id), "sets it back");
                break;
            case 3:
                Conflict(database, source.Other(id));
                break;
            default:
                Replace(database, document, read, source.Other(id), "edits it");
                break;
        }
    }

    /// <summary>What a revision says, as its client wrote it.</summary>
    public DroppedDocument? ContentOf(DatabaseRevision revision)
    {
        if (revision.IsDeleted) return null;
        using var json = JsonDocument.Parse($"{{{revision.Members}}}");
        return source.Made[json.RootElement.GetProperty("number").GetInt32()];
    }

    // Of a cluster one takes what is written first; the others hear of it later.
    private Database Copy() => place.Copies.Count == 1 ? place.Copies[0] : _dice.Of(place.Copies);

    private DatabaseDocument? Known(Database database)
    {
        var known = database.Documents.Where(document =>
            document.Id.StartsWith("transfer:", StringComparison.Ordinal)).ToList();
        return known.Count == 0 ? null : _dice.Of(known);
    }

    private void Drop(Database database, DroppedDocument dropped) =>
        Write(database, dropped, "drops");

    private void Write(Database database, DroppedDocument dropped, string what)
    {
        Wanted(dropped);
        var revision = Put(database, dropped.DocumentId, dropped.ToJson());
        Say($"{what} {dropped}{(revision is null ? ": conflict" : "")}");
    }

    private void Replace(Database database, DatabaseDocument document, DatabaseRevision read,
        DroppedDocument dropped, string what)
    {
        Wanted(dropped);
        Replace(database, document, read, dropped.ToJson(), $"{what}: {dropped}");
    }

    private void Replace(Database database, DatabaseDocument document, DatabaseRevision read,
        JsonObject body, string what)
    {
        body["_rev"] = read.Name;
        var revision = Put(database, document.Id, body);
        Say($"{document.Id}: {what}{(revision is null ? ": conflict" : "")}");
    }

    // Written elsewhere without knowing of the other, and replicated.
    private void Conflict(Database database, DroppedDocument dropped)
    {
        Wanted(dropped);
        using var json = JsonDocument.Parse(dropped.ToJson().ToJsonString());
        database.Replicate(dropped.DocumentId, json.RootElement, name);
        Say($"replicates {dropped}");
    }

    private string? Put(Database database, string id, JsonObject body)
    {
        using var json = JsonDocument.Parse(body.ToJsonString());
        return database.Put(id, json.RootElement, name);
    }

    private void Wanted(DroppedDocument dropped)
    {
        if (dropped.Fault.Length == 0) world.Sent([dropped.Wish]);
    }

    private void Say(string what) => world.Say(name, what);
}
