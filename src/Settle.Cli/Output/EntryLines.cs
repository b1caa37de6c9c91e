using Settle.State;

namespace Settle.Cli.Output;

/// <summary>Entries of the chain as rows for people.</summary>
internal sealed class EntryLines(LedgerAssets assets, Times times)
{
    public static async Task<EntryLines> OfAsync(
        ILedger ledger, Times times, CancellationToken cancellation) =>
        new(new LedgerAssets((await ledger.GetInfoAsync(cancellation)).Assets), times);

    public static string[] Columns { get; } =
        ["Position", "Time", "Type", "Id", "What", "Status", "Memo"];

    public string[] Row(ChainEvent entry) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{entry.Block}-{entry.Index}"),
        When(entry),
        Text(entry.Entry, "type"),
        Text(entry.Entry, "id"),
        What(entry.Entry),
        Text(entry.Entry, "reason") is { Length: > 0 } reason ? reason
            : Text(entry.Entry, "status"),
        Tables.OneLine(Text(entry.Entry, "memo")),
    ];

    /// <summary>All that an entry says, a line each.</summary>
    public string All(ChainEvent entry)
    {
        var asset = Asset(entry.Entry);
        return string.Join(Environment.NewLine, entry.Entry.EnumerateObject()
            .Select(member => $"{member.Name,-10} {Value(member, asset)}")
            .Prepend($"time       {times.Exactly(entry.Time)}")
            .Prepend(string.Create(CultureInfo.InvariantCulture,
                $"block      {entry.Block}, entry {entry.Index}")));
    }

    /// <summary>Whether an entry names an account.</summary>
    public static bool Concerns(ChainEvent entry, string account) =>
        Names(entry.Entry, account) || (entry.Entry.TryGetProperty("postings", out var postings)
            && postings.EnumerateArray().Any(posting => Names(posting, account)));

    // The day or the moment that it counts for, where it names one.
    private string When(ChainEvent entry) => Text(entry.Entry, "timestamp") is { Length: > 0 } time
        ? time : Text(entry.Entry, "date") is { Length: > 0 } day ? day : times.Of(entry.Time);

    private static bool Names(JsonElement element, string account) =>
        Text(element, "from") == account || Text(element, "to") == account
            || Text(element, "account") == account;

    private string Value(JsonProperty member, string? asset) => member.Name switch
    {
        "amount" or "overdraft" or "ceiling" or "held" or "reverted"
            when member.Value.ValueKind == JsonValueKind.Number =>
            Money(member.Value.GetInt64(), asset),
        "postings" => string.Join("; ", member.Value.EnumerateArray().Select(Movement)),
        _ when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False =>
            member.Value.GetRawText(),
        _ => member.Value.ToString(),
    };

    private static string? Asset(JsonElement element) =>
        element.TryGetProperty("asset", out var code) ? code.GetString() : null;

    private string What(JsonElement entry)
    {
        if (entry.TryGetProperty("postings", out var postings))
            return string.Join("; ", postings.EnumerateArray().Select(Movement));
        if (entry.TryGetProperty("from", out _)) return Movement(entry);
        if (entry.TryGetProperty("account", out var account))
            return $"{account.GetString()}{Terms(entry)}{Grant(entry)}";
        if (entry.TryGetProperty("site", out var site))
            return site.GetString() + (Text(entry, "prefix") is { Length: > 0 } prefix
                ? $", home of {prefix}*" : "");
        if (entry.TryGetProperty("hold", out var hold)) return $"hold {hold.GetString()}";
        if (entry.TryGetProperty("reverts", out var reverts))
            return $"reverts {reverts.GetString()}";
        return entry.TryGetProperty("asset", out var asset) ? asset.GetString()! : "";
    }

    private string Movement(JsonElement element)
    {
        var money = element.TryGetProperty("amount", out var amount)
            ? " " + Money(amount.GetInt64(), Asset(element)) : "";
        return $"{Text(element, "from")} -> {Text(element, "to")}{money}";
    }

    // What one site gives another.
    private string Grant(JsonElement entry)
    {
        if (!entry.TryGetProperty("to", out var site)) return "";
        var text = entry.TryGetProperty("amount", out var amount)
            ? $" {Money(amount.GetInt64(), Asset(entry))} to {site.GetString()}" : "";
        return !entry.TryGetProperty("standing", out var level) ? text
            : level.GetInt64() == 0 ? $"{text}, {site.GetString()} is kept at nothing"
            : $"{text}, {site.GetString()} is kept at {Money(level.GetInt64(), Asset(entry))}";
    }

    private string Terms(JsonElement entry)
    {
        var terms = "";
        foreach (var name in (string[])["overdraft", "ceiling"])
        {
            if (!entry.TryGetProperty(name, out var limit)) continue;
            var text = limit.ValueKind == JsonValueKind.Number
                ? Money(limit.GetInt64(), Asset(entry)) : limit.GetString();
            terms += $", {name} {text}";
        }
        if (entry.TryGetProperty("closed", out var closed))
            terms += closed.GetBoolean() ? ", closed" : ", open again";
        return terms;
    }

    private string Money(long minor, string? asset) =>
        assets.Of(minor, asset ?? assets.Default.Code).ToString();

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
