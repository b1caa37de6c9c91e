namespace Settle.Simulation;

/// <summary>
/// The rules a second time, written from their description: which refusals an entry deserves, and
/// what it does. Shares nothing with the product.
/// </summary>
internal sealed class Books
{
    private static readonly string[] Precedence =
    [
        "not_allowed", "unknown_asset", "hold_not_found", "hold_captured", "hold_voided",
        "hold_expired", "exceeds_hold", "transfer_not_found", "not_reversible", "already_reverted",
        "exceeds_transfer", "unknown_account", "account_closed", "insufficient_funds",
        "limit_exceeded",
    ];

    private readonly Dictionary<(string Account, string Asset), Int128> _balances = [];
    private readonly Dictionary<(string Account, string Asset), long> _overdrafts = [];
    private readonly Dictionary<(string Account, string Asset), long> _ceilings = [];
    private readonly HashSet<string> _closed = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _owners = [];
    private readonly Dictionary<string, AuditedHold> _holds = [];
    private readonly Dictionary<string, AuditedEntry> _decided = [];
    private readonly Dictionary<string, IReadOnlyList<WishPosting>> _moved = [];
    private readonly Dictionary<string, Int128> _reverted = [];
    private readonly HashSet<string> _existing = ["@world"];
    private bool _isStrict;
    private readonly Dictionary<string, List<AuditedRow>> _rows = [];

    /// <summary>The time of the block.</summary>
    public DateTimeOffset Now { get; set; }

    public IReadOnlyDictionary<string, AuditedEntry> Decided => _decided;

    public IReadOnlyDictionary<(string Account, string Asset), Int128> Balances => _balances;

    /// <summary>What was booked on each account, oldest first.</summary>
    public IReadOnlyDictionary<string, List<AuditedRow>> Rows => _rows;

    public Int128 Balance(string account, string asset) =>
        _balances.GetValueOrDefault((account, asset));

    public Int128 Available(string account, string asset)
    {
        var available = Balance(account, asset);
        foreach (var hold in _holds.Values)
        {
            if (hold.From == account && hold.Asset == asset && hold.IsOpen(Now))
                available -= hold.Amount;
        }
        return available;
    }

    public AuditedTerms Terms(string account, string asset) => new(
        _overdrafts.GetValueOrDefault((account, asset)),
        _ceilings.TryGetValue((account, asset), out var ceiling) ? ceiling : null,
        _closed.Contains(account));

    /// <summary>Every account that is below its floor.</summary>
    public IEnumerable<string> BelowFloor() => _balances.Keys
        .Where(key => key.Account != "@world" && !BillingBooks.MayOwe(key.Account)
            && Available(key.Account, key.Asset) < -_overdrafts.GetValueOrDefault(key))
        .Select(key => key.Account);

    /// <summary>The sum of all balances of each asset that is not zero.</summary>
    public IEnumerable<string> Unbalanced() => _balances.GroupBy(pair => pair.Key.Asset)
        .Where(group => group.Aggregate((Int128)0, (sum, pair) => sum + pair.Value) != 0)
        .Select(group => group.Key);

    /// <summary>
    /// The reason an entry should have been rejected for; empty when it is right to be successful.
    /// </summary>
    public string Judge(AuditedEntry entry)
    {
        var refusals = Refusals(entry).ToHashSet();
        return Array.Find(Precedence, refusals.Contains) ?? "";
    }

    /// <summary>Books an entry as it is recorded.</summary>
    public void Add(AuditedEntry entry)
    {
        _decided.TryAdd(entry.Id, entry);
        if (entry.Status != "successful") return;
        _existing.UnionWith([entry.Account, entry.From]);
        switch (entry.Type)
        {
            case "transfer":
                Move(entry, [Single(entry)]);
                break;
            case "transaction":
                Move(entry, entry.Postings);
                break;
            case "revert":
                Move(entry, entry.Postings.Count > 0 ? entry.Postings : [Single(entry)]);
                _reverted[entry.Reverts] =
                    _reverted.GetValueOrDefault(entry.Reverts) + entry.Amount;
                break;
            case "hold":
                _balances.TryAdd((entry.From, entry.Asset), 0);
                _holds.Add(entry.Id, new AuditedHold(entry.From, entry.To, entry.Asset,
                    entry.Amount, ExpiryOf(entry)));
                break;
            case "capture":
                _holds[entry.Hold].End = "captured";
                Move(entry, [Single(entry)]);
                break;
            case "void":
                _holds[entry.Hold].End = "voided";
                break;
            case "invoice" or "credit_note" or "payment" or "refund" or "chargeback"
                or "opening" or "reminder":
                Move(entry, entry.Postings);
                break;
            case "account":
                AddTerms(entry);
                break;
            case "ledger":
                _isStrict = entry.Strict ?? _isStrict;
                break;
        }
    }

    private DateTimeOffset? ExpiryOf(AuditedEntry hold) =>
        hold.ExpiresIn == 0 ? null : Now.AddSeconds(hold.ExpiresIn);

    private void AddTerms(AuditedEntry entry)
    {
        if (entry.Closed is true) _closed.Add(entry.Account);
        if (entry.Closed is false) _closed.Remove(entry.Account);
        if (entry.Owners is { } owners) _owners[entry.Account] = owners;
        var key = (entry.Account, entry.Asset);
        _balances.TryAdd(key, 0);
        if (entry.Overdraft is { } overdraft) _overdrafts[key] = overdraft;
        if (entry.Ceiling is { } ceiling) _ceilings[key] = ceiling;
    }

    private IEnumerable<string> Refusals(AuditedEntry entry) => entry.Type switch
    {
        "transfer" => ForPostings([Single(entry)]).Concat(ForAuthor(entry)),
        "transaction" => ForPostings(entry.Postings),
        "hold" => ForHold(entry),
        "capture" => ForCapture(entry),
        "void" => ForEnded(entry.Hold),
        "revert" => ForRevert(entry),
        "account" => ForTerms(entry),
        _ => [],
    };

    // Who signs spends only what is theirs; a teller may sign for everybody.
    private IEnumerable<string> ForAuthor(AuditedEntry entry) =>
        entry.Author.Length == 0 || entry.IsTeller
        || _owners.GetValueOrDefault(entry.From, []).Contains(entry.Author)
            ? [] : ["not_allowed"];

    private IEnumerable<string> ForPostings(
        IReadOnlyList<WishPosting> postings, bool mayBeClosed = false)
    {
        if (postings.Any(posting => IsUnknown(posting.From) || IsUnknown(posting.To)))
            yield return "unknown_account";
        var net = new Dictionary<(string Account, string Asset), Int128>();
        foreach (var posting in postings)
        {
            var asset = posting.Asset ?? "";
            net[(posting.From, asset)] =
                net.GetValueOrDefault((posting.From, asset)) - posting.Amount;
            net[(posting.To, asset)] = net.GetValueOrDefault((posting.To, asset)) + posting.Amount;
        }
        foreach (var ((account, asset), change) in net)
        {
            if (_closed.Contains(account) && !mayBeClosed) yield return "account_closed";
            if (change < 0 && IsShort(account, asset, -change)) yield return "insufficient_funds";
            if (change > 0 && IsTooMuch(account, asset, change)) yield return "limit_exceeded";
        }
    }

    private IEnumerable<string> ForHold(AuditedEntry hold)
    {
        if (IsUnknown(hold.From) || IsUnknown(hold.To)) yield return "unknown_account";
        if (_closed.Contains(hold.From) || _closed.Contains(hold.To)) yield return "account_closed";
        if (IsTooMuch(hold.To, hold.Asset, hold.Amount)) yield return "limit_exceeded";
        if (IsShort(hold.From, hold.Asset, hold.Amount)) yield return "insufficient_funds";
    }

    private IEnumerable<string> ForEnded(string id)
    {
        if (!_holds.TryGetValue(id, out var hold)) return ["hold_not_found"];
        if (hold.End.Length > 0) return [$"hold_{hold.End}"];
        return hold.IsOpen(Now) ? [] : ["hold_expired"];
    }

    private IEnumerable<string> ForCapture(AuditedEntry capture)
    {
        foreach (var refusal in ForEnded(capture.Hold)) yield return refusal;
        if (!_holds.TryGetValue(capture.Hold, out var hold)) yield break;
        var amount = capture.IsWhole ? hold.Amount : capture.Amount;
        // A ceiling has counted it since it was held; a closing came later than what it ends.
        if (amount > hold.Amount) yield return "exceeds_hold";
    }

    private IEnumerable<string> ForRevert(AuditedEntry revert)
    {
        if (!_decided.TryGetValue(revert.Reverts, out var original)) return ["transfer_not_found"];
        if (!_moved.TryGetValue(revert.Reverts, out var postings)) return ["not_reversible"];
        var isWhole = original.Type == "transaction";
        if (isWhole && revert.IsPart) return ["not_reversible"];
        var isBegun = _reverted.TryGetValue(revert.Reverts, out var reverted);
        var left = postings[0].Amount - reverted;
        if (isBegun && (isWhole || left == 0)) return ["already_reverted"];
        if (!isWhole && revert.Amount > left) return ["exceeds_transfer"];
        return ForPostings([.. postings.Select(posting => posting with
        {
            From = posting.To, To = posting.From, Amount = isWhole ? posting.Amount : revert.Amount,
        })], mayBeClosed: true);
    }

    private IEnumerable<string> ForTerms(AuditedEntry terms)
    {
        if (terms.Overdraft is { } overdraft
            && Available(terms.Account, terms.Asset) < -overdraft)
            yield return "insufficient_funds";
        if (terms.Ceiling is { } ceiling
            && Balance(terms.Account, terms.Asset) + HeldFor(terms.Account, terms.Asset) > ceiling)
            yield return "limit_exceeded";
    }

    private void Move(AuditedEntry entry, IReadOnlyList<WishPosting> postings)
    {
        foreach (var posting in postings)
        {
            var asset = posting.Asset ?? "";
            _existing.UnionWith([posting.From, posting.To]);
            _balances[(posting.From, asset)] = Balance(posting.From, asset) - posting.Amount;
            _balances[(posting.To, asset)] = Balance(posting.To, asset) + posting.Amount;
        }
        if (entry.Type is "transfer" or "transaction" or "capture") _moved.Add(entry.Id, postings);
        foreach (var (account, asset) in postings.SelectMany(posting => ((string, string)[])
            [(posting.From, posting.Asset ?? ""), (posting.To, posting.Asset ?? "")]).Distinct())
        {
            if (!_rows.TryGetValue(account, out var rows)) _rows.Add(account, rows = []);
            rows.Add(new AuditedRow(entry.Id, entry.Height, asset, Balance(account, asset)));
        }
    }

    private bool IsShort(string account, string asset, Int128 amount) => account != "@world"
        && Available(account, asset) - amount < -_overdrafts.GetValueOrDefault((account, asset));

    private bool IsTooMuch(string account, string asset, Int128 amount) =>
        _ceilings.TryGetValue((account, asset), out var ceiling)
        && Balance(account, asset) + HeldFor(account, asset) + amount > ceiling;

    // A ceiling counts what open holds may bring.
    private Int128 HeldFor(string account, string asset)
    {
        Int128 held = 0;
        foreach (var hold in _holds.Values)
            if (hold.To == account && hold.Asset == asset && hold.IsOpen(Now)) held += hold.Amount;
        return held;
    }

    private bool IsUnknown(string account) => _isStrict && !_existing.Contains(account);

    private static WishPosting Single(AuditedEntry entry) =>
        new(entry.From, entry.To, entry.Amount, entry.Asset);
}
