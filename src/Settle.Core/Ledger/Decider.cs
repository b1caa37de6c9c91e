using Settle.Billing;
using Settle.Chain;

namespace Settle;

/// <summary>
/// The rules: whether a request that is well-formed and whose id is new is allowed. Pure; the time
/// is the block's. When several refusals apply, the one that Refusals lists first is given (L3).
/// </summary>
internal sealed class Decider(Book book, IHistory history)
{
    // TotalMax leaves room for every amount that one entry can add before the next check.
    private static readonly Int128 TotalMax = Int128.MaxValue / 2;

    private readonly List<(int Position, Int128 Delta)> _net = [];
    private readonly BillingDecider _billing = new(book.Billing, book.Assets, history);

    /// <summary>
    /// Decides a request whose positions are resolved; fills in what the entry records. The book is
    /// as before when this returns: <see cref="Book.Apply"/> moves the money.
    /// </summary>
    public RefusalCode Decide(RequestBatch batch, ref Request request) =>
        request.Refusal = request.Kind switch
    {
        EntryKind.Transfer when !MaySpend(batch, request) => RefusalCode.NotAllowed,
        EntryKind.Transfer => CheckMove(request.FromPosition, request.ToPosition, request.Amount),
        EntryKind.Transaction => CheckPostings(batch.Postings(request)),
        EntryKind.Hold => DecideHold(ref request),
        EntryKind.Capture => DecideCapture(batch, ref request),
        EntryKind.Void => DecideVoid(batch, ref request),
        EntryKind.Revert => DecideRevert(batch, ref request),
        EntryKind.Account => CheckTerms(batch, request),
        EntryKind.Asset => CheckAsset(batch, request),
        EntryKind.Ledger =>
            book.Assets.Count == 0 ? RefusalCode.None : RefusalCode.AlreadyInitialized,
        _ => DecideBilling(batch, ref request),
    };

    private RefusalCode DecideBilling(RequestBatch batch, ref Request request)
    {
        var refusal = _billing.Decide(batch, ref request);
        if (refusal != RefusalCode.None || request.ExtraCount == 0) return refusal;
        book.Resolve(batch, ref request);
        // Only money that comes from somewhere has to be there: debts may rise (B9).
        var isPaid = request.Kind == EntryKind.Payment && !batch.Billing(request).IsWriteOff;
        refusal = CheckPostings(batch.Postings(request), hasFloors: isPaid);
        if (refusal != RefusalCode.None) BillingDecider.Forget(batch, ref request);
        return refusal;
    }

    // Nobody learns about another's account from the refusal: this is asked before all else.
    private bool MaySpend(RequestBatch batch, in Request request)
    {
        if (request.Author.IsEmpty || request.IsTeller) return true;
        var payer = batch.Bytes(request.From);
        if (payer.SequenceEqual("@world"u8)) return false;
        var account = book.FindAccount(payer);
        return account >= 0 && book.Notes(account)?.IsOwner(batch.Bytes(request.Author)) == true;
    }

    private RefusalCode CheckMove(int fromNumber, int toNumber, long amount)
    {
        if (fromNumber < 0) return RefusalCode.UnknownAsset;
        ref readonly var from = ref book.Position(fromNumber);
        ref readonly var to = ref book.Position(toNumber);
        if (book.Account(from.Account).IsClosed || book.Account(to.Account).IsClosed)
            return RefusalCode.AccountClosed;
        var rest = from.Available - amount;
        if (rest < from.Floor && from.Floor != Position.NoFloor)
            return RefusalCode.InsufficientFunds;
        var total = to.Balance + amount;
        if (total > to.Ceiling && to.Ceiling != Position.NoCeiling)
            return RefusalCode.LimitExceeded;
        return total > TotalMax || rest < -TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    private RefusalCode CheckPostings(
        ReadOnlySpan<RequestPosting> postings, bool hasFloors = true)
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
            refusal = Worse(refusal, CheckNet(number, delta, hasFloors));
        return refusal;
    }

    private RefusalCode CheckNet(int number, Int128 delta, bool hasFloors)
    {
        ref readonly var position = ref book.Position(number);
        if (book.Account(position.Account).IsClosed) return RefusalCode.AccountClosed;
        var total = position.Balance + delta;
        if (delta < 0 && hasFloors && position.Floor != Position.NoFloor
            && total - position.Held < position.Floor)
            return RefusalCode.InsufficientFunds;
        if (delta > 0 && position.Ceiling != Position.NoCeiling && total > position.Ceiling)
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

    private RefusalCode DecideHold(ref Request request)
    {
        if (request.ExpiresIn > 0)
            request.ExpiresAt = book.Time + (request.ExpiresIn * ChainTime.MicrosecondsPerSecond);
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        ref readonly var from = ref book.Position(request.FromPosition);
        ref readonly var to = ref book.Position(request.ToPosition);
        if (book.Account(from.Account).IsClosed || book.Account(to.Account).IsClosed)
            return RefusalCode.AccountClosed;
        var rest = from.Available - request.Amount;
        if (rest < from.Floor && from.Floor != Position.NoFloor)
            return RefusalCode.InsufficientFunds;
        return rest < -TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    private RefusalCode DecideCapture(RequestBatch batch, ref Request request)
    {
        var hold = book.FindHold(batch.Bytes(request.Reference));
        if (hold is null) return WhyNotOpen(batch.Bytes(request.Reference));
        if (request.IsWhole) request.Amount = hold.Amount;
        if (request.Amount != hold.Amount) request.Held = hold.Amount;
        FillFromHold(batch, ref request, hold);
        if (request.Amount > hold.Amount) return RefusalCode.ExceedsHold;
        ref readonly var from = ref book.Position(request.FromPosition);
        ref readonly var to = ref book.Position(request.ToPosition);
        if (book.Account(from.Account).IsClosed || book.Account(to.Account).IsClosed)
            return RefusalCode.AccountClosed;
        // The hold has reserved the money, so the floor needs no check: what is available only
        // grows.
        var total = to.Balance + request.Amount;
        if (total > to.Ceiling && to.Ceiling != Position.NoCeiling)
            return RefusalCode.LimitExceeded;
        return total > TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    private RefusalCode DecideVoid(RequestBatch batch, ref Request request)
    {
        var hold = book.FindHold(batch.Bytes(request.Reference));
        if (hold is null) return WhyNotOpen(batch.Bytes(request.Reference));
        request.Amount = hold.Amount;
        FillFromHold(batch, ref request, hold);
        return RefusalCode.None;
    }

    // A resolution says what it moves, so that a reader of the block needs no other block.
    private void FillFromHold(RequestBatch batch, ref Request request, OpenHold hold)
    {
        ref readonly var from = ref book.Position(hold.From);
        request.From = batch.Append(book.AccountNameBytes(from.Account));
        request.To = batch.Append(book.AccountNameBytes(hold.To));
        if (from.Asset != 0)
            request.Asset = batch.Append("asset", book.Assets[from.Asset].Code);
        if (hold.ExpiresAt != long.MaxValue) request.ExpiresAt = hold.ExpiresAt;
        book.Resolve(batch, ref request);
    }

    private RefusalCode WhyNotOpen(ReadOnlySpan<byte> holdId)
    {
        if (history.FindEntry(holdId)
            is not { Entry: { Kind: EntryKind.Hold, Refusal: RefusalCode.None } })
            return RefusalCode.HoldNotFound;
        return history.FindResolution(holdId)?.Entry.Kind switch
        {
            EntryKind.Capture => RefusalCode.HoldCaptured,
            EntryKind.Void => RefusalCode.HoldVoided,
            _ => RefusalCode.HoldExpired,
        };
    }

    private RefusalCode DecideRevert(RequestBatch batch, ref Request request)
    {
        var original = history.FindEntry(batch.Bytes(request.Reference));
        if (original is null) return RefusalCode.TransferNotFound;
        ref var entry = ref original.Entry;
        if (entry.Refusal != RefusalCode.None
            || entry.Kind is not (EntryKind.Transfer or EntryKind.Transaction or EntryKind.Capture))
        {
            return RefusalCode.NotReversible;
        }
        FillOpposite(batch, ref request, original);
        if (history.FindReversal(batch.Bytes(request.Reference)) is not null)
            return RefusalCode.AlreadyReverted;
        return request.ExtraCount == 0
            ? CheckMove(request.FromPosition, request.ToPosition, request.Amount)
            : CheckPostings(batch.Postings(request));
    }

    private void FillOpposite(RequestBatch batch, ref Request request, RecalledEntry original)
    {
        ref var entry = ref original.Entry;
        if (entry.Kind != EntryKind.Transaction)
        {
            request.From = batch.Append(original.Batch.Bytes(entry.To));
            request.To = batch.Append(original.Batch.Bytes(entry.From));
            request.Asset = batch.Append(original.Batch.Bytes(entry.Asset));
            request.Amount = entry.Amount;
        }
        var postings = entry.Kind == EntryKind.Transaction ? original.Batch.Postings(entry) : [];
        for (var i = postings.Length - 1; i >= 0; i--)
        {
            ref var opposite = ref batch.AddPosting(ref request);
            opposite.From = batch.Append(original.Batch.Bytes(postings[i].To));
            opposite.To = batch.Append(original.Batch.Bytes(postings[i].From));
            opposite.Asset = batch.Append(original.Batch.Bytes(postings[i].Asset));
            opposite.Amount = postings[i].Amount;
        }
        book.Resolve(batch, ref request);
    }

    private RefusalCode CheckTerms(RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Terms(request);
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var limits = terms.Overdraft != AccountTerms.Unset || terms.Ceiling != AccountTerms.Unset;
        if ((limits || terms.Closed is true) && batch.Bytes(request.From).SequenceEqual("@world"u8))
            return RefusalCode.ReservedAccount;
        ref readonly var position = ref book.Position(request.FromPosition);
        // New terms never leave an account outside of them (L1): the money has to move first.
        if (terms.Overdraft >= 0 && position.Available < -terms.Overdraft)
            return RefusalCode.InsufficientFunds;
        return terms.Ceiling >= 0 && position.Balance > terms.Ceiling
            ? RefusalCode.LimitExceeded
            : RefusalCode.None;
    }

    private RefusalCode CheckAsset(RequestBatch batch, in Request request)
    {
        if (book.Assets.ScaleOf(batch.Bytes(request.Asset)) is { } scale)
            return scale == request.Scale ? RefusalCode.None : RefusalCode.AssetExists;
        return book.Assets.Count < Limits.AssetsMax ? RefusalCode.None : RefusalCode.LimitExceeded;
    }
}
