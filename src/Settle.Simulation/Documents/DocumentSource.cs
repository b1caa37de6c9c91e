namespace Settle.Simulation;

/// <summary>Transfer documents from a seed; some are malformed, some not their author's.</summary>
internal sealed class DocumentSource(Dice dice, Func<long> now)
{
    private static readonly string[] Faults =
        ["amount", "to", "from", "timestamp", "memo", "author", "type"];

    private static readonly string[] Accounts = ["Alex", "Dave", "Jane"];

    private readonly List<DroppedDocument> _made = [];

    /// <summary>Everything that was ever written, by its number.</summary>
    public IReadOnlyList<DroppedDocument> Made => _made;

    public DroppedDocument New() => Add($"d-{_made.Count + 1}");

    /// <summary>Another content under a known id.</summary>
    public DroppedDocument Other(string id) => Add(id);

    /// <summary>The same content, perhaps under another id.</summary>
    public DroppedDocument Same(DroppedDocument known, string id) =>
        Keep(known with { Number = _made.Count, Wish = known.Wish with { Id = id } });

    private DroppedDocument Add(string id)
    {
        var from = dice.Below(6) == 0 ? "@world" : dice.Of(Accounts);
        var to = dice.Of(Accounts);
        while (to == from) to = dice.Of(Accounts);
        var isTeller = dice.Below(5) == 0;
        var wish = new Wish(WishKind.Transfer, id)
        {
            From = from, To = to, Amount = dice.Between(1, 12),
            Asset = dice.Below(15) == 0 ? "EUR" : null,
            IsTeller = isTeller,
            Author = isTeller ? "tess" : dice.Below(6) == 0 ? "mallory" : OwnerOf(from),
            Timestamp = Timestamp(),
        };
        return Keep(new DroppedDocument(_made.Count, wish,
            dice.Below(7) == 0 ? dice.Of(Faults) : ""));
    }

    /// <summary>Who may spend from an account.</summary>
    public static string OwnerOf(string account) =>
        $"{account.TrimStart('@').ToLowerInvariant()}'s owner";

    private DroppedDocument Keep(DroppedDocument document)
    {
        _made.Add(document);
        return document;
    }

    // Clients' clocks differ, and some know only the day.
    private string Timestamp() => dice.Below(5) == 0 ? "2026-01-01"
        : MachineClock.Start.AddMicroseconds(now() + dice.Between(-400_000, 400_000))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
