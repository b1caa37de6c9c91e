namespace Settle.Tests.Rules;

/// <summary>
/// Requests of all kinds from a seed: few accounts, several assets, ids that repeat with the same or other
/// content, references to what exists and what does not.
/// </summary>
internal sealed class RandomRequests(int seed, bool isStrictAtTimes = false)
{
    public static readonly string[] Accounts = ["Alex", "Jane", "Dave", "Zoë \"Z\"", "Shop", "@world"];

    public static readonly string[] Assets = ["USD", "EUR", "JPY", "points", "gold"];

    private readonly Random _random = new(seed);
    private List<(string Id, object Request)> _made = [];
    private List<string> _holds = [];

    public Random Random => _random;

    /// <summary>Requests that go on from here with other luck.</summary>
    public RandomRequests Copy() => new(_random.Next(), isStrictAtTimes) { _made = [.. _made], _holds = [.. _holds] };

    public (string Id, object Request) Next()
    {
        if (_made.Count > 0 && _random.Next(12) == 0) return Repeat();
        var id = $"id-{_made.Count}";
        var request = New();
        if (request is HoldRequest) _holds.Add(id);
        _made.Add((id, request));
        return (id, request);
    }

    private (string Id, object Request) Repeat()
    {
        var (id, request) = _made[_random.Next(_made.Count)];
        return (id, _random.Next(3) switch
        {
            0 => request,
            1 => New(),
            _ => Changed(request),
        });
    }

    private object Changed(object request) => request switch
    {
        TransferRequest r => _random.Next(4) switch
        {
            0 => r with { Amount = Minor(r.Amount.Units + 1, r.Asset) },
            1 => r with { Amount = Minor(r.Amount.Units, r.Asset is null ? "USD" : r.Asset == "USD" ? null : "EUR") },
            2 => r with { Memo = r.Memo is null ? "other" : null },
            _ => r with { Meta = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } },
        },
        HoldRequest r => r with { ExpiresIn = (r.ExpiresIn ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1) },
        TransactionRequest r => r with { Postings = [.. r.Postings, r.Postings[0]] },
        CaptureRequest r => r with { Amount = r.Amount is null ? Minor(5) : null },
        NaiveStrict r => new NaiveStrict(!r.IsStrict),
        VoidRequest => new VoidRequest { Hold = Hold() },
        RevertRequest => new RevertRequest { Reverts = Known(), Memo = "other" },
        AccountRequest r => r with { Overdraft = Overdraft.Of(Minor(7)), Closed = null },
        NaiveAsset r => r with { Scale = 1 },
        _ => request,
    };

    private object New() => _random.Next(100) switch
    {
        < 34 => Transfer(),
        < 50 => Transaction(),
        < 64 => new HoldRequest
        {
            From = Account(), To = "Payee", Amount = Minor(Amount(), Asset()),
            ExpiresIn = _random.Next(4) switch { 0 => null, 1 => TimeSpan.FromSeconds(1), 2 => TimeSpan.FromMinutes(1), _ => TimeSpan.FromSeconds(3600) },
        },
        < 74 => new CaptureRequest { Hold = Hold(), Amount = _random.Next(2) == 0 ? null : Minor(Amount() )},
        < 79 => new VoidRequest { Hold = Hold() },
        < 90 => new RevertRequest
        {
            Reverts = Known(), Amount = _random.Next(2) == 0 ? null : Minor(Amount()),
            Memo = _random.Next(8) == 0 ? "why" : null,
        },
        < 97 => Terms(),
        < 98 when isStrictAtTimes => new NaiveStrict(_random.Next(3) > 0),
        < 98 => Terms(),
        _ => new NaiveAsset(_random.Next(3) switch { 0 => "points", 1 => "gold", _ => "JPY" }, _random.Next(2)),
    };

    private TransferRequest Transfer()
    {
        var (from, to) = Two();
        return new TransferRequest
        {
            From = from, To = to, Amount = Minor(Amount(), Asset()),
            Memo = _random.Next(8) == 0 ? "a \"memo\"\n" : null,
            Timestamp = _random.Next(8) == 0 ? Time("2026-11-21T00:00:00Z") : null,
            Meta = _random.Next(8) == 0 ? new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } : null,
        };
    }

    private TransactionRequest Transaction() => new()
    {
        Postings = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ =>
        {
            var (from, to) = Two();
            return new Posting { From = from, To = to, Amount = Minor(Amount(), Asset()) };
        })],
        Memo = _random.Next(4) == 0 ? "all or nothing" : null,
    };

    private AccountRequest Terms() => new()
    {
        Account = Account(), Asset = Asset(),
        Overdraft = _random.Next(3) switch
        {
            0 => null,
            1 => _random.Next(6) == 0 ? Overdraft.Unlimited : Overdraft.Of(Minor(0)),
            _ => Overdraft.Of(Minor(_random.Next(200))),
        },
        Ceiling = _random.Next(4) switch { 0 => Ceiling.Of(Minor(_random.Next(300))), 1 => Ceiling.None, _ => null },
        Closed = _random.Next(8) switch { 0 => true, < 4 => false, _ => null },
        Owners = _random.Next(8) switch { 0 => ["alex", "jane"], 1 => [], _ => null },
        Meta = _random.Next(8) == 0 ? new Dictionary<string, string> { ["kind"] = "wallet" } : null,
    };

    // More often than not somebody pays who can: the world pays in as often as anybody pays out.
    private (string From, string To) Two()
    {
        var to = Account();
        while (true)
        {
            var from = _random.Next(3) == 0 ? "@world" : Account();
            if (from != to) return (from, to);
            to = Account();
        }
    }

    private string Account() => Accounts[_random.Next(Accounts.Length)];

    private string? Asset() => _random.Next(12) switch
    {
        < 6 => null,
        6 => "USD",
        7 or 8 => "EUR",
        9 => "JPY",
        10 => _random.Next(2) == 0 ? "points" : "gold",
        _ => _random.Next(5) == 0 ? "doubloons" : null,
    };

    private long Amount() => _random.Next(10) == 0 ? _random.Next(1, 10_000) : _random.Next(1, 60);

    private string Hold() => _holds.Count == 0 || _random.Next(12) == 0 ? Known()
        : _holds[int.Max(0, _holds.Count - 1 - _random.Next(6))];

    private string Known() => _made.Count == 0 || _random.Next(30) == 0
        ? "nothing"
        : _made[int.Max(0, _made.Count - 1 - _random.Next(40))].Id;
}
