using System.Text.Json;

namespace Settle.Tests.Local;

/// <summary>One entry of a chain, as its JSON says.</summary>
internal sealed record PlainEntry(
    EntryPosition Position, DateTimeOffset Time, JsonElement Json, string DefaultAsset)
{
    public long Height => Position.Height;

    public string Type => Text("type")!;

    public string Id => Text("id")!;

    public string Asset => Text("asset") ?? DefaultAsset;

    public long Amount => Json.GetProperty("amount").GetInt64();

    public bool IsSuccessful => Text("status") == "successful";

    public bool Moves => Type is "transfer" or "transaction" or "capture" or "revert";

    public DateTimeOffset? Expires => Json.TryGetProperty("expires", out var time) ? time.GetDateTimeOffset() : null;

    public string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What it does to balances; a change of 0 where it only touches one.</summary>
    public IEnumerable<(string Account, string Asset, long Change)> Changes()
    {
        if (Type is "account") yield return (Text("account")!, Asset, 0);
        if (Type is "hold" or "void") yield return (Text("from")!, Asset, 0);
        if (!Moves) yield break;
        var postings = Json.TryGetProperty("postings", out var several)
            ? [.. several.EnumerateArray().Select(posting => new PlainEntry(Position, Time, posting, DefaultAsset))]
            : new List<PlainEntry> { this };
        foreach (var posting in postings)
        {
            yield return (posting.Text("from")!, posting.Asset, -posting.Amount);
            yield return (posting.Text("to")!, posting.Asset, posting.Amount);
        }
    }
}
