namespace Settle.Simulation;

/// <summary>
/// Wishes from a seed: few accounts with little money, references to what exists and what does not,
/// ids that are used again.
/// </summary>
internal sealed class WishSource(Dice dice, bool hasAllKinds) : IWishes
{
    private static readonly string[] Accounts = ["Alex", "Dave", "Jane"];

    private readonly List<Wish> _made = [];
    private readonly List<Wish> _holds = [];

    public Wish Next()
    {
        if (_made.Count > 0 && dice.Chance(60)) return Again(dice.Of(_made));
        var wish = New($"{(char)('a' + dice.Below(3))}-{_made.Count + 1}");
        _made.Add(wish);
        if (wish.Kind == WishKind.Hold) _holds.Add(wish);
        return wish;
    }

    public Wish[] Batch(int count)
    {
        var wishes = new Wish[count];
        for (var i = 0; i < count; i++)
        {
            wishes[i] = _made.Count > 0 && dice.Chance(40) && dice.Of(_made)
                is { Kind: WishKind.Transfer } known
                ? Again(known) : Transfer($"{(char)('a' + dice.Below(3))}-{_made.Count + 1}");
            _made.Add(wishes[i]);
        }
        return wishes;
    }

    // The same again, or another wish under the same id.
    private Wish Again(Wish known) => dice.Below(3) switch
    {
        0 when known.Amount > 0 => known with { Amount = known.Amount + 1 },
        1 when known.Kind == WishKind.Transfer && known.From.Length > 0 =>
            known with { To = known.To == "Jane" ? "Dave" : "Jane", From = "Alex" },
        _ => known,
    };

    private Wish New(string id) => !hasAllKinds ? Transfer(id) : dice.Below(100) switch
    {
        < 42 => Transfer(id),
        < 52 => Transaction(id),
        < 68 => Hold(id),
        < 76 => new Wish(WishKind.Capture, id)
        {
            Reference = HoldId(), Amount = dice.Below(2) == 0 ? 0 : Amount(),
        },
        < 81 => new Wish(WishKind.Void, id) { Reference = HoldId() },
        < 88 => new Wish(WishKind.Revert, id)
        {
            Reference = KnownId(), Amount = dice.Below(2) == 0 ? 0 : Amount(),
        },
        88 => new Wish(WishKind.Strict, id) { IsStrict = dice.Below(3) > 0 },
        _ => Terms(id),
    };

    private Wish Transfer(string id)
    {
        var (from, to) = Two();
        return new Wish(WishKind.Transfer, id)
        {
            From = from, To = to, Amount = Amount(), Asset = Asset(),
        };
    }

    private Wish Hold(string id)
    {
        var (from, to) = (dice.Of(Accounts), dice.Below(2) == 0 ? "Shop" : dice.Of(Accounts));
        return new Wish(WishKind.Hold, id)
        {
            From = from, To = from == to ? "Shop" : to, Amount = Amount(), Asset = Asset(),
            ExpiresIn = dice.Below(3) == 0 ? 0 : 1 + dice.Below(2),
        };
    }

    private Wish Transaction(string id)
    {
        var postings = new WishPosting[1 + dice.Below(3)];
        for (var i = 0; i < postings.Length; i++)
        {
            var (from, to) = Two();
            postings[i] = new WishPosting(from, to, Amount(), Asset());
        }
        return new Wish(WishKind.Transaction, id) { Postings = postings };
    }

    private Wish Terms(string id) => new(WishKind.Account, id)
    {
        From = dice.Of(Accounts),
        Overdraft = dice.Below(3) switch { 0 => null, 1 => 0, _ => dice.Below(20) },
        Ceiling = dice.Below(4) == 0 ? 10 + dice.Below(40) : null,
        Closed = dice.Below(6) switch { 0 => true, < 4 => false, _ => null },
    };

    private (string From, string To) Two()
    {
        var to = dice.Below(8) == 0 ? "@world" : dice.Of(Accounts);
        while (true)
        {
            var from = dice.Below(3) == 0 ? "@world" : dice.Of(Accounts);
            if (from != to) return (from, to);
            to = dice.Of(Accounts);
        }
    }

    private long Amount() => dice.Below(8) == 0 ? dice.Between(1, 100) : dice.Between(1, 12);

    private string? Asset() => dice.Below(12) switch { 0 => "EUR", 1 => "USD", _ => null };

    private string HoldId() => _holds.Count == 0 || dice.Below(12) == 0
        ? KnownId() : _holds[int.Max(0, _holds.Count - 1 - dice.Below(3))].Id;

    private string KnownId() => _made.Count == 0 || dice.Below(20) == 0
        ? "nothing" : _made[int.Max(0, _made.Count - 1 - dice.Below(12))].Id;
}
