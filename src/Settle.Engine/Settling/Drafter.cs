using Settle.State;
using Settle.Views;

namespace Settle.Settling;

/// <summary>
/// Decides waiting requests into the next block, on top of what is durable and being written.
/// </summary>
/// <param name="state">What it decides on.</param>
/// <param name="history">What was decided before.</param>
/// <param name="gate">Gives blocks their time.</param>
/// <param name="bodyBytesMax">
/// The largest block that the store takes, as far as it says so. A block is full at half of it,
/// because the entry that fills it may be long.
/// </param>
/// <param name="clock">Says how long a request has waited for other sites.</param>
internal sealed partial class Drafter(
    LedgerState state, History history, WriteGate gate, int bodyBytesMax, TimeProvider clock)
{
    // So many requests are looked up and decided before readers get a turn at the state.
    private const int ChunkRequests = 1024;

    // Far enough for a line to arrive, near enough for it to stay.
    private const int WarmAhead = 6;

    // Who moves money between accounts by their names can mistype one.
    private const KindSet On = KindSet.Noted | KindSet.Derived | KindSet.Refund;

    private readonly WaitingRequest[] _chunk = new WaitingRequest[ChunkRequests];
    private readonly Stack<Draft> _free = new();
    private readonly Job _initialization = new();
    private Decider _decider = new(state.Book, history) { Others = state.Sites };
    private Book _decided = state.Book;
    private int _draftCount;

    // Both shrink when a block was too large after all.
    private int _bytesMax = int.Min(Limits.BlockBytesTarget, bodyBytesMax / 2);
    private int _entriesMax = int.MaxValue;

    /// <summary>
    /// Takes jobs until the block is full or none waits. A block without entries only answers
    /// repeats.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The past could not be read.</exception>
    public async ValueTask<Draft> DecideAsync(WaitingJobs waiting)
    {
        if (state.Sites is { } sites) await ReadAheadAsync(sites, waiting).ConfigureAwait(false);
        var draft = Begin();
        var (taken, decided) = (0, 0);
        try
        {
            while (!IsFull(draft) && (taken = Take(waiting)) > 0)
            {
                await history.PrepareAsync(_chunk.AsMemory(0, taken), CancellationToken.None)
                    .ConfigureAwait(false);
                decided = Decide(draft, taken);
                PutBack(waiting, decided, taken);
                (taken, decided) = (0, 0);
            }
            if (draft.Reading is not null) FinishSharing(draft);
        }
        catch
        {
            // What was taken last is in no block; with the draft's other parts it gets the error.
            for (; decided < taken; decided++) draft.Add(_chunk[decided]);
            Abandoned = draft;
            throw;
        }
        if (!draft.IsWorthWriting) TakeBack(draft);
        return draft;
    }

    /// <summary>
    /// The parts of a draft whose making failed, which is taken back; null when none was begun.
    /// </summary>
    public List<JobPart>? Abandon()
    {
        if (Abandoned is not { } draft) return null;
        Abandoned = null;
        TakeBack(draft);
        Recycle(draft);
        return [.. draft.Parts];
    }

    /// <summary>Whether a block is under way.</summary>
    public bool HasDrafts => history.Drafts.Count > 0;

    /// <summary>The parts of a draft whose making failed for good.</summary>
    public List<JobPart>? Unfinished => Abandoned?.Parts;

    private Draft? Abandoned { get; set; }

    /// <summary>Undoes a draft that is not durable, newest first.</summary>
    public void TakeBack(Draft draft)
    {
        if (!history.Drafts.Remove(draft)) return;
        lock (state.Lock)
        {
            state.Book.Undo(draft.Undo);
            if (draft.Reading is { } reading) state.Sites!.TakeBack(reading);
            draft.Reading = null;
            state.Index.Recent.Truncate(draft.IdsBefore);
        }
    }

    /// <summary>A draft is durable.</summary>
    public void Commit(Draft draft)
    {
        lock (state.Lock)
        {
            if (draft.Reading is { } reading) state.Sites!.Commit(reading, draft.Header!.Hash);
            state.Commit(draft.Header!, draft.Undo, draft.Movements);
            foreach (var part in draft.Parts) part.Job.Commit(part.First, part.Count);
        }
        history.Drafts.Remove(draft);
        gate.Commit(draft.Recovery);
        if (_entriesMax < int.MaxValue / 2) _entriesMax *= 2;
    }

    /// <summary>
    /// The store did not take a block for its size: the next ones are smaller. False when there is
    /// no smaller one.
    /// </summary>
    public bool Shrink(Draft draft)
    {
        if (draft.Builder.EntryCount <= 1) return false;
        _entriesMax = draft.Builder.EntryCount / 2;
        _bytesMax = int.Min(_bytesMax, draft.Builder.Body.Length / 2);
        return true;
    }

    private bool IsFull(Draft draft) => draft.Builder.Body.Length >= _bytesMax
        || draft.Builder.EntryCount >= _entriesMax || state.Sites is { Mine.HasRetired: true };

    /// <summary>A draft is over and can be used for another block.</summary>
    public void Recycle(Draft draft) => _free.Push(draft);

    private Draft Begin()
    {
        if (!ReferenceEquals(_decided, state.Book) || _decider.Others != state.Sites)
        {
            (_decided, _decider) =
                (state.Book, new Decider(state.Book, history) { Others = state.Sites });
        }
        var (time, recovery, obstacle) = gate.Enter(hasDraft: history.Drafts.Count > 0);
        if (!_free.TryPop(out var draft)) draft = new Draft(_draftCount++);
        draft.Parts.Clear();
        (draft.Header, draft.Write) = (null, null);
        (draft.Time, draft.Recovery, draft.Obstacle) = (time, recovery, obstacle);
        lock (state.Lock)
        {
            var height = state.Height + history.Drafts.Count + 1;
            draft.IdsBefore = state.Index.Recent.Count;
            if (state.Sites is { } sites) BeginReading(sites, draft, height);
            else
            {
                draft.Builder.Begin(state.Site, height);
                state.Book.BeginBlock(
                    height, draft.Time, draft.Movements, draft.Undo, recovery);
            }
            history.Drafts.Add(draft);
            if (draft.Reading is not null) WriteFirst(draft);
        }
        return draft;
    }

    /// <summary>Takes the next requests that wait.</summary>
    private int Take(WaitingJobs waiting)
    {
        var count = 0;
        while (count < ChunkRequests && waiting.TryTake(out var part))
        {
            var room = int.Min(part.Count, ChunkRequests - count);
            for (var i = 0; i < room; i++)
                _chunk[count++] = new WaitingRequest(part.Job, part.First + i);
            if (room < part.Count)
                waiting.PutBack(new JobPart(part.Job, part.First + room, part.Count - room));
        }
        return count;
    }

    /// <summary>Puts back what the block had no room for, before what was never taken.</summary>
    private void PutBack(WaitingJobs waiting, int decided, int taken)
    {
        for (var i = taken - 1; i >= decided; i--)
            waiting.PutBack(new JobPart(_chunk[i].Job, _chunk[i].Index, 1));
    }

    private int Decide(Draft draft, int count)
    {
        lock (state.Lock)
        {
            if (draft.Reading is not null) PutAskedFirst(count);
            var index = 0;
            for (; index < count && !IsFull(draft); index++)
            {
                if (state.Book.Assets.Count == 0 && NeedsAsset(_chunk[index]))
                {
                    Initialize(draft);
                    // What made a block too large is tried again in one of its own.
                    if (IsFull(draft)) break;
                }
                if (draft.Reading is not null) ShareBefore(draft, index);
                if (index + WarmAhead < count) state.Book.Warm(_chunk[index + WarmAhead].Request);
                var waiting = _chunk[index];
                // The next round fetches it: the first of a round lacks nothing.
                if (index > 0 && history.Lacks(waiting.Job.Batch, waiting.Request)) break;
                waiting.Job.Verdicts[waiting.Index] =
                    Decide(draft, waiting.Job, waiting.Index);
                if (_isParked) _isParked = false;
                else draft.Add(waiting);
            }
            return index;
        }
    }

    // A dry run must not make the ledger's first block.
    private static bool NeedsAsset(WaitingRequest waiting) =>
        waiting.Request.Kind != EntryKind.Ledger && !waiting.Job.IsDryRun;

    private Verdict Decide(Draft draft, Job job, int index)
    {
        var batch = job.Batch;
        ref var request = ref batch[index];
        var sites = state.Sites;
        if (sites is not null && request.Kind == EntryKind.Grant)
            return Allow(sites, draft, batch, ref request);
        var mentioned = sites is null ? default : state.Book.Mentioned;
        state.Book.Normalize(batch, ref request);
        if (request.Kind is EntryKind.Void or EntryKind.Withdrawal or EntryKind.Subscription)
            job.Ended = history.FindEnded(batch, request);
        if (history.FindPrior(batch, request) is { } prior)
        {
            if (job.KeepsRepeats) job.Repeat(index, prior);
            SiteWaiting.Forget(batch, request);
            request.Prior = prior.Location;
            var field = EntryMembers.DifferingField(
                batch, ref request, prior.Batch, ref prior.Entry);
            if (prior.Site is { } site)
                return DecidedElsewhere(job, ref request, prior, field, site);
            if (field is null) return new Verdict(prior.Entry.Refusal, prior.Height, true);
            job.DifferingField = field;
            return new Verdict(RefusalCode.IdReused, prior.Height, false);
        }
        if (job.IsDryRun) return Rehearse(job, ref request);
        state.Book.Resolve(batch, ref request);
        var used = state.Book.UsedAccountCount;
        if (_decider.Decide(batch, ref request) is not RefusalCode.None and var refusal
            && !refusal.IsRecorded())
        {
            if (sites is null) return new Verdict(refusal, 0, false);
            state.Book.Forget(mentioned);
            return NotRecorded(sites, job, index, refusal);
        }
        var location = draft.Builder.NextLocation;
        draft.Builder.Append(batch, request);
        if (sites is null) state.Book.Apply(batch, request, location);
        else
        {
            sites.Apply(batch, request, location);
            SiteWaiting.Forget(batch, request);
        }
        state.Index.AddIds(batch, request, location);
        return new Verdict(request.Refusal, location.Height, false)
        {
            Detail = request.Refusal == RefusalCode.None
                ? request.Kind == EntryKind.Account && batch.Count == 1
                    ? AccountDecided(draft, batch, request, location.Height)
                    : MayMakeAccounts(request, used) ? NewAccounts(request, used) : null
                : Refused(batch, request),
        };
    }

    // What a refusal says beside its code.
    private object? Refused(RequestBatch batch, in Request request) =>
        request.Refusal == RefusalCode.InsufficientFunds ? Shortfall(batch, request)
        : request.Refusal == RefusalCode.ExceedsTransfer ? Excess(batch, request)
        : Obstacle.Of(state.Book, batch, request, new Now(_decider)) is { } obstacle
            ? EntryViews.RefusedAccount(state.Book, obstacle) : null;

    // As this request leaves it: the next one in its block may set other terms.
    private Account AccountDecided(
        Draft draft, RequestBatch batch, in Request request, long height) => state.Sites is null
        ? AccountViews.Decided(state.Book, batch.Bytes(request.From), height)
        : new SiteAccounts(state, isDrafted: true)
            .Read(batch.Text(request.From), draft.Time, height)!;

    private Shortfall? Shortfall(RequestBatch batch, in Request request)
    {
        var book = state.Book;
        if (Shortage.Of(book, batch, request, number => book.Position(number)) is not { } shortage)
            return null;
        shortage = shortage with { Exists = book.Exists(shortage.Account) };
        return EntryViews.Shortfall(
            book, state.Sites is { HasSites: true } sites ? InAll(sites, shortage) : shortage);
    }

    private RevertExcess Excess(RequestBatch batch, in Request request)
    {
        var history = _decider.History;
        var id = batch.Bytes(request.Reference);
        return EntryViews.Excess(request.Amount, history.FindEntry(id)!,
            history.FindReversal(id), state.Assets);
    }

    private sealed class Now(Decider decider) : Obstacle.IPast
    {
        public bool IsStranger(int account) => decider.IsStranger(account);

        public bool IsClosed(int account) => decider.Book.Account(account).IsClosed;

        public Position Read(int position) => decider.Book.Position(position);
    }

    // A hold moves nothing, so whom it is for may not exist yet; the first one says so.
    private bool MayMakeAccounts(in Request request, int usedBefore) => On.Has(request.Kind)
        && (state.Book.UsedAccountCount > usedBefore || request.Kind == EntryKind.Hold);

    private string[]? NewAccounts(in Request request, int usedBefore)
    {
        var book = state.Book;
        var accounts = book.NewAccounts(usedBefore);
        if (request.Kind == EntryKind.Hold
            && book.Position(request.ToPosition).Account is var to && !book.Exists(to)
            && book.HeldFor(book.Position(request.ToPosition)) == request.Amount)
            accounts = accounts.Append(to);
        var names = accounts.Where(account => !book.IsWorld(account)
                && state.Sites?.ExistsElsewhere(book.AccountNameBytes(account)) is not true)
            .Select(book.AccountName).ToArray();
        return names.Length == 0 ? null : names;
    }

    // A ledger that nobody initialized gets the default of the interface with its first block.
    private void Initialize(Draft draft)
    {
        _initialization.Clear();
        ref var request = ref _initialization.Batch.Add(EntryKind.Ledger);
        LedgerEntry.Fill(_initialization.Batch, ref request, FirstAsset, FirstScale);
        Decide(draft, _initialization, 0);
    }
}
