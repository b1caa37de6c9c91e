using System.Runtime.CompilerServices;
using Settle.Billing;

namespace Settle;

/// <summary>
/// The rules: whether a request that is well-formed and whose id is new is allowed. Pure; the time
/// is the block's. When several refusals apply, the one that Refusals lists first is given (L3).
/// </summary>
internal sealed class Decider(Book book, IHistory history)
{
    // It leaves room for every amount that one entry can add before the next check.
    public static readonly Int128 TotalMax = Int128.MaxValue / 2;

    private readonly List<(int Position, Int128 Delta)> _net = [];

    public Book Book => book;

    public IHistory History => history;

    /// <summary>
    /// What has been read of the other sites' chains; null where the ledger can have no sites.
    /// </summary>
    public IOtherSites? Others { get; init; }

    /// <summary>
    /// Why the last request is not decided now, or not here: a verdict that is never recorded.
    /// </summary>
    public Elsewhere? Elsewhere { get; set; }

    /// <summary>Whose rules are followed: the version of the block.</summary>
    public int Version { get; set; } = BlockHeader.CurrentVersion;

    private byte Rules { get; set; }

    private BillingDecider Billing => field ??= new BillingDecider(book.Billing, history, Follows);

    /// <summary>
    /// Decides a request whose positions are resolved; fills in what the entry records. The book is
    /// as before when this returns: <see cref="Book.Apply"/> moves the money.
    /// </summary>
    public RefusalCode Decide(RequestBatch batch, ref Request request)
    {
        Rules = 0;
        request.Refusal = Others is { HasSites: true } others
            ? SiteRules.Decide(this, others, batch, ref request)
            : DecideKind(batch, ref request);
        request.Rules = Rules;
        return request.Refusal;
    }

    /// <summary>
    /// Whether newer rules are followed. Asked only where they give another verdict than older
    /// ones: the block then has to have their version.
    /// </summary>
    public bool Follows(byte rules)
    {
        if (Version < rules) return false;
        Rules = byte.Max(Rules, rules);
        return true;
    }

    /// <summary>
    /// Whether one of the accounts is billing's own, and somebody else would change it (B12).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBillings(in Position from, in Position to) =>
        (from.IsBillings || to.IsBillings) && book.Billing.IsUsed
            && Follows(rules: byte.Max(book.Billing.Seller is null ? (byte)7 : (byte)6,
                byte.Max(from.BillingsSince, to.BillingsSince)));

    /// <summary>
    /// Whether a movement only takes away what somebody had on accounts of theirs before billing
    /// got them, and billing has not begun to use them (B12).
    /// </summary>
    private bool IsWayOut(in Position from, in Position to, long amount) =>
        IsWayOut(from, -amount) && IsWayOut(to, amount) && Follows(14);

    private static bool IsWayOut(in Position position, long change) => !position.IsBillings
        || (!position.IsUsedByBilling && (change < 0 ? position.Balance + change >= 0
            : position.Balance + change <= 0));

    /// <summary>Whether one of the accounts is closed.</summary>
    public bool IsClosed(in Position from, in Position to) =>
        book.Account(from.Account).IsClosed || book.Account(to.Account).IsClosed;

    /// <summary>Whether one of the accounts has to be opened first.</summary>
    public bool IsStranger(in Position from, in Position to) =>
        book.IsStrict && (IsStranger(from.Account) || IsStranger(to.Account));

    // Billing opens its own accounts; who pays it, or is paid back, is somebody else's.
    private bool HasStranger(ReadOnlySpan<RequestPosting> postings)
    {
        if (!book.IsStrict) return false;
        foreach (ref readonly var posting in postings)
        {
            if (posting.FromPosition < 0) return false;
            foreach (var number in (ReadOnlySpan<int>)[posting.FromPosition, posting.ToPosition])
            {
                ref readonly var position = ref book.Position(number);
                if (!position.IsBillings && IsStranger(position.Account)) return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether a balance would be above a ceiling, counting what open holds would add to it.
    /// </summary>
    public bool IsAbove(long ceiling, int number, Int128 balance)
    {
        balance += BalanceElsewhere(number);
        if (balance > ceiling) return true;
        var held = book.HeldFor(book.Position(number));
        return held != 0 && balance + held > ceiling && Follows(rules: 7);
    }

    /// <summary>Whether an account has to be opened first.</summary>
    public bool IsStranger(int account) => !book.Exists(account) && !book.IsWorld(account)
        && Others?.Exists(book.AccountNameBytes(account)) != true;

    /// <summary>Minor units of an account that lie at other sites, as far as is known.</summary>
    public Int128 BalanceElsewhere(int position) =>
        Others is { HasSites: true } others ? others.BalanceElsewhere(position) : 0;

    /// <summary>Decides on this chain alone.</summary>
    public RefusalCode DecideKind(RequestBatch batch, ref Request request) => request.Kind switch
    {
        EntryKind.Transfer => TransferKind.Decide(this, batch, request),
        EntryKind.Transaction => TransactionKind.Decide(this, batch, request),
        EntryKind.Hold => HoldKind.Decide(this, ref request),
        EntryKind.Capture or EntryKind.Void => ResolutionKind.Decide(this, batch, ref request),
        EntryKind.Revert => RevertKind.Decide(this, batch, ref request),
        EntryKind.Account => AccountKind.Decide(this, batch, request),
        EntryKind.Ledger or EntryKind.Asset => AssetKind.Decide(book, batch, request),
        EntryKind.Site => SiteKind.Decide(book, batch, request),
        EntryKind.Suspend => SuspendKind.Decide(this, batch, request),
        EntryKind.End => EndKind.Decide(this, batch, ref request),
        EntryKind.Retire => RetireKind.Decide(this),
        _ => DecideBilling(batch, ref request),
    };

    private RefusalCode DecideBilling(RequestBatch batch, ref Request request)
    {
        var refusal = Billing.Decide(batch, ref request);
        if (refusal != RefusalCode.None || request.ExtraCount == 0) return refusal;
        book.Resolve(batch, ref request);
        if (HasStranger(batch.Postings(request)))
        {
            EntryMembers.ResetResults(batch, ref request);
            return RefusalCode.UnknownAccount;
        }
        // Only money that comes from somewhere has to be there: debts may rise (B9).
        var isPaid = request.Kind == EntryKind.Payment && !batch.Billing(request).IsWriteOff;
        refusal = CheckPostings(batch.Postings(request), hasFloors: isPaid, isBilling: true);
        // A refused entry records no number and no sums; its postings say why.
        if (refusal != RefusalCode.None) EntryMembers.ResetResults(batch, ref request);
        return refusal;
    }

    /// <summary>Whether money may move from one position to another.</summary>
    public RefusalCode CheckMove(
        int fromNumber, int toNumber, long amount, bool mayBeClosed = false)
    {
        if (fromNumber < 0) return RefusalCode.UnknownAsset;
        ref readonly var from = ref book.Position(fromNumber);
        ref readonly var to = ref book.Position(toNumber);
        if (IsBillings(from, to) && !IsWayOut(from, to, amount))
            return RefusalCode.BillingAccount;
        if (IsStranger(from, to)) return RefusalCode.UnknownAccount;
        if (IsClosed(from, to) && !(mayBeClosed && Follows(rules: 7)))
            return RefusalCode.AccountClosed;
        var rest = from.Available - amount;
        if (rest < from.Floor && from.Floor != Position.NoFloor)
            return RefusalCode.InsufficientFunds;
        var total = to.Balance + amount;
        if (to.Ceiling != Position.NoCeiling && IsAbove(to.Ceiling, toNumber, total))
            return RefusalCode.LimitExceeded;
        return total > TotalMax || rest < -TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    /// <summary>Whether somebody other than billing may make several postings at once.</summary>
    public RefusalCode CheckPostings(
        RequestBatch batch, in Request request, bool mayBeClosed = false)
    {
        var postings = batch.Postings(request);
        foreach (ref readonly var posting in postings)
            if (posting.FromPosition < 0) return RefusalCode.UnknownAsset;
        foreach (ref readonly var posting in postings)
        {
            if (IsBillings(book.Position(posting.FromPosition), book.Position(posting.ToPosition)))
                return RefusalCode.BillingAccount;
        }
        foreach (ref readonly var posting in postings)
        {
            if (IsStranger(book.Position(posting.FromPosition), book.Position(posting.ToPosition)))
                return RefusalCode.UnknownAccount;
        }
        return CheckPostings(postings, mayBeClosed: mayBeClosed);
    }

    /// <summary>
    /// Whether several postings may be made at once; without floors, what is paid may fall below.
    /// Billing's own accounts have none for billing.
    /// </summary>
    private RefusalCode CheckPostings(ReadOnlySpan<RequestPosting> postings,
        bool hasFloors = true, bool mayBeClosed = false, bool isBilling = false)
    {
        foreach (ref readonly var posting in postings)
            if (posting.FromPosition < 0) return RefusalCode.UnknownAsset;
        _net.Clear();
        foreach (ref readonly var posting in postings)
        {
            AddNet(posting.FromPosition, -posting.Amount);
            AddNet(posting.ToPosition, posting.Amount);
        }
        var refusal = RefusalCode.None;
        foreach (var (number, delta) in _net)
            refusal = Worse(refusal, CheckNet(number, delta, hasFloors, mayBeClosed, isBilling));
        return refusal;
    }

    private RefusalCode CheckNet(
        int number, Int128 delta, bool hasFloors, bool mayBeClosed, bool isBilling)
    {
        ref readonly var position = ref book.Position(number);
        if (book.Account(position.Account).IsClosed && !(mayBeClosed && Follows(rules: 7)))
            return RefusalCode.AccountClosed;
        var total = position.Balance + delta;
        var mayFall = !hasFloors || position.Floor == Position.NoFloor
            || (isBilling && position.IsBillings);
        if (delta < 0 && !mayFall
            && total - position.Held < position.Floor)
            return RefusalCode.InsufficientFunds;
        if (delta > 0 && position.Ceiling != Position.NoCeiling
            && IsAbove(position.Ceiling, number, total))
            return RefusalCode.LimitExceeded;
        return total > TotalMax || total - position.Held < -TotalMax
            ? RefusalCode.Overflow : RefusalCode.None;
    }

    private void AddNet(int position, long amount)
    {
        for (var i = 0; i < _net.Count; i++)
        {
            if (_net[i].Position != position) continue;
            _net[i] = (position, _net[i].Delta + amount);
            return;
        }
        _net.Add((position, amount));
    }

    private static RefusalCode Worse(RefusalCode a, RefusalCode b) =>
        a == RefusalCode.None || (b != RefusalCode.None && b < a) ? b : a;
}
