using System.Collections.Immutable;
using System.Numerics;

namespace Settle.Tests.Rules;

/// <summary>
/// The rules a second time, written from their description alone: slow, simple, and sharing nothing with
/// the product but the shape of its requests. It lists every refusal that applies and picks the first by
/// its own list.
/// </summary>
internal sealed class NaiveLedger
{
    private static readonly string[] Precedence =
    [
        "unknown_asset", "asset_exists", "hold_not_found", "hold_captured", "hold_voided", "hold_expired",
        "exceeds_hold", "transfer_not_found", "not_reversible", "already_reverted", "exceeds_transfer",
        "unknown_account", "reserved_account", "account_closed", "insufficient_funds", "limit_exceeded",
    ];

    private ImmutableDictionary<string, int> _assets = ImmutableDictionary<string, int>.Empty
        .Add("USD", 2).Add("EUR", 2).Add("JPY", 0);

    private ImmutableDictionary<string, (object Request, string Reason)> _decided =
        ImmutableDictionary<string, (object, string)>.Empty;

    private ImmutableDictionary<(string Account, string Asset), BigInteger> _balances =
        ImmutableDictionary<(string, string), BigInteger>.Empty;

    private ImmutableDictionary<(string Account, string Asset), Overdraft> _overdrafts =
        ImmutableDictionary<(string, string), Overdraft>.Empty;

    private ImmutableDictionary<(string Account, string Asset), Ceiling> _ceilings =
        ImmutableDictionary<(string, string), Ceiling>.Empty;

    private ImmutableHashSet<string> _closed = [];
    private ImmutableDictionary<string, NaiveHold> _holds = ImmutableDictionary<string, NaiveHold>.Empty;
    private ImmutableDictionary<string, Posting[]> _moved = ImmutableDictionary<string, Posting[]>.Empty;
    private ImmutableDictionary<string, BigInteger> _reverted = ImmutableDictionary<string, BigInteger>.Empty;
    private ImmutableHashSet<string> _opened = [];
    private bool _isStrict;

    /// <summary>The time of the block, microseconds.</summary>
    public long Now { get; set; }

    public NaiveLedger Clone() => (NaiveLedger)MemberwiseClone();

    public BigInteger Balance(string account, string asset) =>
        _balances.GetValueOrDefault((account, asset));

    public BigInteger Available(string account, string asset) => Balance(account, asset)
        - _holds.Values.Where(hold => IsOpen(hold) && hold.From == account && hold.Asset == asset)
            .Aggregate(BigInteger.Zero, (sum, hold) => sum + hold.Amount);

    /// <summary>Whether available is where it may be.</summary>
    public bool IsWithinFloor(string account, string asset) => IsUnlimited(account, asset)
        || Available(account, asset) >= -Floor(account, asset);

    /// <summary>The reason, empty for none; with the field that differs when the id was reused.</summary>
    public (string Reason, bool Replayed, string? Field) Decide(string id, object request)
    {
        if (_decided.TryGetValue(id, out var prior))
        {
            var field = NaiveContent.DifferingField(request, prior.Request);
            return field is null ? (prior.Reason, true, null) : ("id_reused", false, field);
        }
        var refusals = Refusals(request).ToHashSet();
        var reason = Precedence.FirstOrDefault(refusals.Contains) ?? "";
        if (refusals.Except(Precedence).Any()) throw new InvalidOperationException("an unknown refusal");
        _decided = _decided.Add(id, (request, reason));
        if (reason.Length == 0) Do(id, request);
        return (reason, false, null);
    }

    private IEnumerable<string> Refusals(object request) => request switch
    {
        TransferRequest transfer => ForPostings([PostingOf(transfer)]),
        TransactionRequest transaction => ForPostings(transaction.Postings),
        HoldRequest hold => ForHold(hold),
        CaptureRequest capture => ForCapture(capture),
        VoidRequest end => ForEnded(end.Hold),
        RevertRequest revert => ForRevert(revert),
        NaiveStrict => [],
        AccountRequest account => ForTerms(account),
        NaiveAsset asset => _assets.TryGetValue(asset.Code, out var scale) && scale != asset.Scale
            ? ["asset_exists"] : [],
        _ => throw new ArgumentException(request.GetType().Name),
    };

    private IEnumerable<string> ForPostings(IReadOnlyList<Posting> postings, bool mayBeClosed = false)
    {
        if (postings.Any(posting => IsUnknown(posting.From) || IsUnknown(posting.To)))
            yield return "unknown_account";
        foreach (var posting in postings)
            if (!_assets.ContainsKey(AssetOf(posting.Asset))) yield return "unknown_asset";
        var net = new Dictionary<(string Account, string Asset), BigInteger>();
        foreach (var posting in postings)
        {
            var asset = AssetOf(posting.Asset);
            net[(posting.From, asset)] = net.GetValueOrDefault((posting.From, asset)) - posting.Amount.Units;
            net[(posting.To, asset)] = net.GetValueOrDefault((posting.To, asset)) + posting.Amount.Units;
        }
        foreach (var ((account, asset), change) in net)
        {
            if (_closed.Contains(account) && !mayBeClosed) yield return "account_closed";
            if (change < 0 && !IsUnlimited(account, asset)
                && Available(account, asset) + change < -Floor(account, asset)) yield return "insufficient_funds";
            if (change > 0 && IsAboveCeiling(account, asset, Balance(account, asset) + change))
                yield return "limit_exceeded";
        }
    }

    private IEnumerable<string> ForHold(HoldRequest hold)
    {
        var asset = AssetOf(hold.Asset);
        if (!_assets.ContainsKey(asset)) yield return "unknown_asset";
        if (IsUnknown(hold.From) || IsUnknown(hold.To)) yield return "unknown_account";
        if (_closed.Contains(hold.From) || _closed.Contains(hold.To)) yield return "account_closed";
        if (IsAboveCeiling(hold.To, asset, Balance(hold.To, asset) + hold.Amount.Units))
            yield return "limit_exceeded";
        if (!IsUnlimited(hold.From, asset)
            && Available(hold.From, asset) - hold.Amount.Units < -Floor(hold.From, asset)) yield return "insufficient_funds";
    }

    private IEnumerable<string> ForEnded(string id)
    {
        if (!_holds.TryGetValue(id, out var hold)) return ["hold_not_found"];
        if (hold.End.Length > 0) return [$"hold_{hold.End}"];
        return IsOpen(hold) ? [] : ["hold_expired"];
    }

    private IEnumerable<string> ForCapture(CaptureRequest capture)
    {
        foreach (var refusal in ForEnded(capture.Hold)) yield return refusal;
        if (!_holds.TryGetValue(capture.Hold, out var hold)) yield break;
        var amount = (long?)capture.Amount?.Units ?? hold.Amount;
        if (amount > hold.Amount) yield return "exceeds_hold";
    }

    private IEnumerable<string> ForRevert(RevertRequest revert)
    {
        if (!_decided.ContainsKey(revert.Reverts)) return ["transfer_not_found"];
        if (!_moved.TryGetValue(revert.Reverts, out var postings)) return ["not_reversible"];
        if (postings.Length > 1 || IsTransaction(revert.Reverts))
        {
            if (revert.Amount is not null) return ["not_reversible"];
            return _reverted.ContainsKey(revert.Reverts) ? ["already_reverted"]
                : ForPostings(Opposite(postings), mayBeClosed: true);
        }
        var left = LeftOf(revert.Reverts);
        if (left == 0) return ["already_reverted"];
        if (revert.Amount?.Units > left) return ["exceeds_transfer"];
        return ForPostings(Opposite(PartOf(postings, revert)), mayBeClosed: true);
    }

    private bool IsTransaction(string id) => _decided[id].Request is TransactionRequest;

    /// <summary>How much of a movement can still be reverted.</summary>
    private BigInteger LeftOf(string id) =>
        _moved[id][0].Amount.Units - _reverted.GetValueOrDefault(id);

    private Posting[] PartOf(Posting[] postings, RevertRequest revert) => [postings[0] with
    {
        Amount = Minor((long)(revert.Amount?.Units ?? (Int128)LeftOf(revert.Reverts)), postings[0].Asset),
    }];

    private IEnumerable<string> ForTerms(AccountRequest request)
    {
        var asset = AssetOf(request.Asset);
        if (!_assets.ContainsKey(asset)) yield return "unknown_asset";
        if (request.Account == "@world"
            && (request.Closed == true || request.Overdraft is not null || request.Ceiling is not null))
        {
            yield return "reserved_account";
        }
        if (request.Overdraft is { IsUnlimited: false } overdraft
            && Available(request.Account, asset) < -overdraft.Limit.Units) yield return "insufficient_funds";
        if (request.Ceiling is { IsNone: false } ceiling
            && Balance(request.Account, asset) + HeldFor(request.Account, asset) > ceiling.Limit.Units) yield return "limit_exceeded";
    }

    private void Do(string id, object request)
    {
        switch (request)
        {
            case TransferRequest transfer:
                Move(id, [PostingOf(transfer)]);
                break;
            case TransactionRequest transaction:
                Move(id, [.. transaction.Postings]);
                break;
            case HoldRequest hold:
                _opened = _opened.Add(hold.From);
                _holds = _holds.Add(id, new NaiveHold(hold.From, hold.To, AssetOf(hold.Asset), (long)hold.Amount.Units,
                    hold.ExpiresIn is { } seconds ? Now + (long)seconds.TotalMicroseconds : null, ""));
                break;
            case CaptureRequest capture:
                var held = _holds[capture.Hold];
                _holds = _holds.SetItem(capture.Hold, held with { End = "captured" });
                Move(id, [new Posting { From = held.From, To = held.To,
                    Amount = Minor((long?)capture.Amount?.Units ?? held.Amount, held.Asset) }]);
                break;
            case VoidRequest end:
                _holds = _holds.SetItem(end.Hold, _holds[end.Hold] with { End = "voided" });
                break;
            case RevertRequest revert:
                var moved = _moved[revert.Reverts];
                var part = IsTransaction(revert.Reverts) ? moved : PartOf(moved, revert);
                Move("", Opposite(part));
                _reverted = _reverted.SetItem(revert.Reverts,
                    _reverted.GetValueOrDefault(revert.Reverts) + part[0].Amount.Units);
                break;
            case NaiveStrict strict:
                _isStrict = strict.IsStrict;
                break;
            case AccountRequest account:
                _opened = _opened.Add(account.Account);
                if (account.Closed is { } closed)
                    _closed = closed ? _closed.Add(account.Account) : _closed.Remove(account.Account);
                var key = (account.Account, AssetOf(account.Asset));
                if (account.Overdraft is { } overdraft) _overdrafts = _overdrafts.SetItem(key, overdraft);
                if (account.Ceiling is { } ceiling) _ceilings = _ceilings.SetItem(key, ceiling);
                break;
            case NaiveAsset asset:
                _assets = _assets.SetItem(asset.Code, asset.Scale);
                break;
        }
    }

    private void Move(string id, Posting[] postings)
    {
        foreach (var posting in postings)
        {
            var asset = AssetOf(posting.Asset);
            _opened = _opened.Add(posting.From).Add(posting.To);
            _balances = _balances.SetItem((posting.From, asset), Balance(posting.From, asset) - posting.Amount.Units);
            _balances = _balances.SetItem((posting.To, asset), Balance(posting.To, asset) + posting.Amount.Units);
        }
        if (id.Length > 0) _moved = _moved.Add(id, postings);
    }

    private bool IsOpen(NaiveHold hold) => hold.End.Length == 0 && !(hold.ExpiresAt <= Now);

    private bool IsUnlimited(string account, string asset) => account == "@world"
        || (_overdrafts.TryGetValue((account, asset), out var overdraft) && overdraft.IsUnlimited);

    private BigInteger Floor(string account, string asset) =>
        _overdrafts.TryGetValue((account, asset), out var overdraft) ? overdraft.Limit.Units : 0;

    // What holds would bring counts as if it were there.
    private bool IsAboveCeiling(string account, string asset, BigInteger balance) =>
        _ceilings.TryGetValue((account, asset), out var ceiling) && !ceiling.IsNone
        && balance + HeldFor(account, asset) > ceiling.Limit.Units;

    private BigInteger HeldFor(string account, string asset) =>
        _holds.Values.Where(hold => IsOpen(hold) && hold.To == account && hold.Asset == asset)
            .Aggregate(BigInteger.Zero, (sum, hold) => sum + hold.Amount);

    /// <summary>Whether an account has to be opened first: nothing was ever done with it.</summary>
    private bool IsUnknown(string account) =>
        _isStrict && account != "@world" && !_opened.Contains(account);

    private static string AssetOf(string? asset) => asset ?? "USD";

    private static Posting PostingOf(TransferRequest transfer) => new()
    {
        From = transfer.From, To = transfer.To, Amount = transfer.Amount,
    };

    private static Posting[] Opposite(Posting[] postings) =>
        [.. postings.Select(posting => posting with { From = posting.To, To = posting.From })];
}
