namespace Settle.Simulation;

/// <summary>An entry of the chain as the auditor reads it: plain JSON.</summary>
internal sealed class AuditedEntry(JsonElement json, long height, int number)
{
    public long Height { get; } = height;

    /// <summary>Its place in the block.</summary>
    public int Number { get; } = number;

    public string Type { get; } = Text(json, "type");

    public string Id { get; } = Text(json, "id");

    public string Status { get; } = Text(json, "status");

    public string Reason { get; } = Text(json, "reason");

    public string From { get; } = Text(json, "from");

    public string To { get; } = Text(json, "to");

    public string Account { get; } = Text(json, "account");

    public string Asset { get; } = Text(json, "asset");

    public string Hold { get; } = Text(json, "hold");

    public string Reverts { get; } = Text(json, "reverts");

    public string Expires { get; } = Text(json, "expires");

    public long Amount { get; } = Number64(json, "amount") ?? 0;

    public long ExpiresIn { get; } = Number64(json, "expires_in") ?? 0;

    public long? Overdraft { get; } = Number64(json, "overdraft");

    public long? Ceiling { get; } = Number64(json, "ceiling");

    public bool? Closed { get; } =
        json.TryGetProperty("closed", out var closed) ? closed.GetBoolean() : null;

    public string Author { get; } = Text(json, "author");

    public bool IsTeller { get; } = json.TryGetProperty("teller", out _);

    public string Timestamp { get; } = Text(json, "timestamp");

    /// <summary>Who may sign for the account; null where nothing is said.</summary>
    public IReadOnlyList<string>? Owners { get; } =
        json.TryGetProperty("owners", out var owners)
            ? [.. owners.EnumerateArray().Select(owner => owner.GetString()!)] : null;

    public bool IsPart { get; } = json.TryGetProperty("part", out _);

    /// <summary>How much of the original is reverted then; 0 where it does not say.</summary>
    public long Reverted { get; } = Number64(json, "reverted") ?? 0;

    /// <summary>Whether accounts must be opened first; null where nothing is said.</summary>
    public bool? Strict { get; } =
        json.TryGetProperty("strict", out var strict) ? strict.GetBoolean() : null;

    public bool IsWhole { get; } = json.TryGetProperty("whole", out _);

    /// <summary>What only entries of billing have; null for others.</summary>
    public AuditedBill? Bill { get; } = AuditedBill.Read(json);

    public IReadOnlyList<WishPosting> Postings { get; } =
        json.TryGetProperty("postings", out var postings)
            ? [.. postings.EnumerateArray().Select(p => new WishPosting(Text(p, "from"),
                Text(p, "to"), Number64(p, "amount") ?? 0, Text(p, "asset")))]
            : [];

    /// <summary>Whether it is what a client asked for.</summary>
    public bool IsFor(Wish wish, string defaultAsset)
    {
        if (Bill is not null || wish.Bill is not null)
            return wish.Bill is not null && Bill?.IsFor(this, wish, defaultAsset) == true;
        if (!Type.Equals(wish.Kind.ToString(), StringComparison.OrdinalIgnoreCase)) return false;
        return wish.Kind switch
        {
            WishKind.Transfer or WishKind.Hold => (From, To, Amount, ExpiresIn)
                == (wish.From, wish.To, wish.Amount, wish.ExpiresIn)
                && Asset == Recorded(wish.Asset, defaultAsset)
                && (Author, IsTeller, Timestamp) == (wish.Author, wish.IsTeller, wish.Timestamp),
            WishKind.Transaction => Postings.SequenceEqual(wish.Postings.Select(
                p => p with { Asset = Recorded(p.Asset, defaultAsset) })),
            WishKind.Capture => Hold == wish.Reference && IsWhole == (wish.Amount == 0)
                && (IsWhole || Amount == wish.Amount),
            WishKind.Void => Hold == wish.Reference,
            WishKind.Revert => Reverts == wish.Reference && IsPart == (wish.Amount > 0)
                && (!IsPart || Amount == wish.Amount),
            _ => (Account, Overdraft, Ceiling, Closed)
                == (wish.From, wish.Overdraft, wish.Ceiling, wish.Closed),
        };
    }

    private static string Recorded(string? asset, string defaultAsset) =>
        asset is null || asset == defaultAsset ? "" : asset;

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static long? Number64(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt64() : null;
}
