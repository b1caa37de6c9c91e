using System.Diagnostics;
using System.Threading.Channels;
using Settle.Scheduling;
using Settle.State;
using Settle.Stores;

namespace Settle.Settling;

/// <summary>
/// One writer's loop (docs/protocol.md, section 3): takes what waits, decides it on the state it
/// has, writes the block, and answers only when the block is durable. While one block is being
/// written, the next one is decided on top of it, unless writes take long (see Settler.Gathering).
/// Any number of these, in any number of processes, may run on one chain.
/// </summary>
internal sealed partial class Settler : IAsyncDisposable
{
    // A block smaller than this is written on the loop's own thread: a hop costs more than it wins.
    private const int InlineBytesMax = 16 * 1024;

    private readonly LedgerState _state;
    private readonly BlockCache _blocks;
    private readonly IndexKeeper _keeper;
    private readonly LedgerMetrics _metrics;
    private readonly Action<Exception>? _stopped;
    private readonly WriterFairness? _fairness;
    private readonly TimeProvider _clock;
    private readonly Scheduler _scheduler;
    private readonly string _writer;
    private readonly IStore _store;
    private readonly BlockWriter _blockWriter;
    private readonly Drafter _drafter;
    private readonly Follower _follower;
    private readonly ChainWatcher _watcher;
    private readonly TipNote _note;
    private readonly WriteGate _gate;
    private readonly WaitingJobs _waiting = new();
    private readonly Channel<bool> _wake;
    private Task _loop = Task.CompletedTask;
    private SharedPromise? _refresh;

    // Asked for before the block that is being written was sent: that block stands on everything
    // that was durable then. What is asked for later has to be looked for.
    private SharedPromise? _refreshByWrite;
    private Exception? _fatal;
    private int _lastBlockBytes;
    private volatile bool _isClosed;

    // The loop takes nothing any more; what is added after this was set, its adder has to fail.
    private volatile bool _isOver;

    public Settler(string ledger, IStore store, LedgerState state, BlockCache blocks,
        IndexKeeper keeper, TipNote note, WriteGate gate, WriterFairness? fairness,
        TimeProvider clock, Scheduler scheduler, Action<Exception>? stopped, bool attends)
    {
        _attends = attends;
        (_metrics, _stopped) = (new LedgerMetrics(ledger, state), stopped);
        (_store, _state, _blocks, _keeper) = (store, state, blocks, keeper);
        (_note, _gate) = (note, gate);
        (_fairness, _clock, _scheduler) = (fairness, clock, scheduler);
        _writer = scheduler.NewWriterId();
        _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
            AllowSynchronousContinuations = scheduler.AnswersInline,
        });
        _blockWriter = new BlockWriter(store, clock);
        _follower = new Follower(state, blocks, keeper);
        _drafter = new Drafter(state, new History(state, blocks), gate, store.BodyBytesMax,
            clock);
        _watcher = new ChainWatcher(store, state, scheduler, () => _wake.Writer.TryWrite(true));
    }

    /// <summary>How many jobs wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Why it stopped by itself; null while it settles.</summary>
    public Exception? Fatal => _fatal;

    /// <summary>Reads the chain to its end, then begins to settle.</summary>
    public async Task StartAsync(Action<long>? onBlock, CancellationToken cancellation)
    {
        await _follower.CatchUpAsync(onBlock, cancellation).ConfigureAwait(false);
        if (_state.MustFoldSites)
        {
            // A site was added, and none has been heard of yet.
            await _keeper.StartOverAsync(cancellation).ConfigureAwait(false);
            await _follower.CatchUpAsync(onBlock, cancellation).ConfigureAwait(false);
        }
        await _note.LookAgainAsync().ConfigureAwait(false);
        await _note.LearnFirstAsync(cancellation).ConfigureAwait(false);
        _note.Write();
        _gate.Open();
        _metrics.Start(this);
        _watcher.Start();
        _loop = _scheduler.StartAsync(RunAsync);
    }

    /// <summary>Settles a job's requests, which must be well-formed.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was decided.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been decided.</exception>
    public ValueTask SettleAsync(Job job)
    {
        if (_isClosed) throw WhyClosed();
        var answer = job.Start(_scheduler.AnswersInline);
        if (job.Batch.Count == 0) job.Answer(0);
        else _waiting.Add(job);
        _wake.Writer.TryWrite(true);
        if (_isOver) FailWaiting();
        return answer;
    }

    /// <summary>Waits until the state has every block that is durable now.</summary>
    public async Task RefreshAsync()
    {
        var mine = new SharedPromise(_scheduler.Promise);
        var refresh = Interlocked.CompareExchange(ref _refresh, mine, null) ?? mine;
        var outcome = refresh.WaitAsync();
        _wake.Writer.TryWrite(true);
        if (_isOver) FailWaiting();
        await outcome.ConfigureAwait(false);
    }

    /// <summary>Settles what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _wake.Writer.TryWrite(true);
        await _loop.ConfigureAwait(false);
        _metrics.Stop();
        await _watcher.DisposeAsync().ConfigureAwait(false);
        _scheduler.Dispose();
        _fairness?.Dispose();
        FailWaiting();
    }

    private async Task RunAsync()
    {
        // What the loop does belongs to those it answers, and not to whoever opened the ledger.
        Activity.Current = null;
        Draft? written = null;
        Draft? next = null;
        Draft? durable = null;
        try
        {
            while (true)
            {
                if (written is null)
                {
                    if (MustHeal) await HealAsync().ConfigureAwait(false);
                    await _keeper.KeepAsync().ConfigureAwait(false);
                    if (!_waiting.Any && !_hasSiteWork
                        && !await RestAsync().ConfigureAwait(false))
                        return;
                }
                next = MustRest || (written is not null && Gathers)
                    ? null : await TryDecideAsync().ConfigureAwait(false);
                if (written is not null)
                {
                    if (next is null) await WhenWrittenOrWokenAsync(written).ConfigureAwait(false);
                    if (next is null && !written.Write!.IsCompleted) continue;
                    var outcome = await written.Write!.ConfigureAwait(false);
                    if (!outcome.IsOurs)
                    {
                        var (lost, onTop) = (written, next);
                        written = next = null;
                        await LoseAsync(lost, onTop, outcome).ConfigureAwait(false);
                        continue;
                    }
                    Commit(written);
                    _fairness?.Leave();
                    _lastBlockBytes = written.Builder.Body.Length;
                    _lastWrite = _clock.GetElapsedTime(written.WriteStart);
                    _metrics.Wrote(written.Builder.EntryCount, _lastWrite);
                    Interlocked.Exchange(ref _refreshByWrite, null)?.SetResult();
                }
                durable = written;
                written = next is { IsWorthWriting: true } ? StartWrite(next) : null;
                // The next write is under way before anybody is answered: the disk should not wait.
                var answered = durable?.Parts.Count ?? 0;
                if (durable is not null) Answer(durable);
                durable = null;
                if (written is null && next is not null) Answer(next);
                if (answered > 0 && next is null && Gathers)
                    await GatherAsync(answered).ConfigureAwait(false);
                next = null;
            }
        }
        catch (Exception e)
        {
            Break(e, durable, written, next);
        }
        finally
        {
            _isClosed = _isOver = true;
            _state.Stop(WhyClosed());
        }
        FailWaiting();
        if (_fatal is { } fatal) _stopped?.Invoke(fatal);
    }

    /// <summary>
    /// A broken invariant or a damaged chain: nothing more is answered from this state.
    /// </summary>
    private void Break(Exception e, Draft? durable, Draft? written, Draft? next)
    {
        _fatal = e;
        _state.IsBroken = true;
        foreach (var draft in (ReadOnlySpan<Draft?>)[durable, written])
        {
            if (draft is null) continue;
            var why = $"this ledger stopped while it wrote {draft.Builder.Id}: {e.Message}";
            // A store that the write found damaged answers nobody who asks again.
            SettleException error = draft.Write is { IsFaulted: true } && e is StoreCorruptException
                ? new StoreCorruptException(why, e)
                : new OutcomeUnknownException(draft.Builder.Id, why, e);
            draft.Parts.ForEach(part => part.Job.Fail(error));
        }
        next?.Parts.ForEach(part => part.Job.Fail(WhyClosed()));
        _drafter.Unfinished?.ForEach(part => part.Job.Fail(WhyClosed()));
    }

    // Tables are set aside, and damage is healed, only while no draft is open.
    private bool MustRest => _keeper.IsFull || MustHeal;

    /// <summary>Waits for work; false when there will be none.</summary>
    private async Task<bool> RestAsync()
    {
        if (_isClosed) return _waiting.Any;
        var isTimeToLook = _watcher.Take();
        if (_refresh is null && !isTimeToLook && !_wake.Reader.TryRead(out _))
        {
            // Not every store tells of others' blocks: now and then they have to be looked for.
            await using (_clock.CreateTimer(_ => WakeFor(out isTimeToLook), null, RestMax,
                Timeout.InfiniteTimeSpan).ConfigureAwait(false))
            {
                await _wake.Reader.ReadAsync().ConfigureAwait(false);
            }
        }
        await _scheduler.PauseAsync().ConfigureAwait(false);
        var refresh = Interlocked.Exchange(ref _refresh, null);
        if (!isTimeToLook && refresh is null) return true;
        try
        {
            if (isTimeToLook)
                await _store.CheckAsync(CancellationToken.None).ConfigureAwait(false);
            await _follower.CatchUpAsync(null, CancellationToken.None).ConfigureAwait(false);
            _note.Write();
            _awayForReads = null;
            NoteSiteWork();
            refresh?.SetResult();
        }
        catch (StoreUnavailableException e)
        {
            _awayForReads = e;
            refresh?.SetException(e);
        }
        catch (Exception e)
        {
            refresh?.SetException(e);
            throw;
        }
        return true;
    }

    private void WakeFor(out bool reason)
    {
        reason = true;
        _wake.Writer.TryWrite(true);
    }

    private void Commit(Draft written)
    {
        _drafter.Commit(written);
        _awayForWrites = null;
        if (written.Recovery is { } word) _note.SetAside(word);
        _note.Write();
    }

    private async Task WhenWrittenOrWokenAsync(Draft written)
    {
        if (written.Write!.IsCompleted) return;
        var woken = MustRest || Gathers
            ? Task.Delay(Timeout.Infinite) : _wake.Reader.WaitToReadAsync().AsTask();
        await Task.WhenAny(written.Write, woken).ConfigureAwait(false);
        await _scheduler.PauseAsync().ConfigureAwait(false);
        _wake.Reader.TryRead(out _);
    }

    private Draft StartWrite(Draft draft)
    {
        _refreshByWrite = Interlocked.Exchange(ref _refresh, null);
        var prev = _state.Hash;
        draft.WriteStart = _clock.GetTimestamp();
        draft.Write = draft.Builder.Body.Length < InlineBytesMax
            ? SealAndWriteAsync(draft, prev)
            : _scheduler.WriteAsync(() => SealAndWriteAsync(draft, prev));
        return draft;
    }

    private Task<WriteOutcome> SealAndWriteAsync(Draft draft, BlockHash prev)
    {
        draft.Header = draft.Builder.Seal(
            _state.Site, prev, draft.Time, _writer, draft.Recovery);
        return Telemetry.Source.HasListeners() ? WriteTracedAsync(draft) : WriteAsync(draft);
    }

    private Task<WriteOutcome> WriteAsync(Draft draft) =>
        _blockWriter.WriteAsync(draft.Builder.Id, draft.Builder.Body, draft.Header!.Hash);

    private async Task<WriteOutcome> WriteTracedAsync(Draft draft)
    {
        var span = _metrics.Trace(draft);
        var outcome = await WriteAsync(draft).ConfigureAwait(false);
        LedgerMetrics.Traced(span, outcome);
        return outcome;
    }

    private void Answer(Draft draft)
    {
        _metrics.Decided(draft.Parts);
        foreach (var part in draft.Parts) part.Job.Answer(part.Count);
        _drafter.Recycle(draft);
    }

    /// <summary>
    /// The height is another's, or nobody knows: takes everything back that was built on it.
    /// </summary>
    private async Task LoseAsync(Draft written, Draft? next, WriteOutcome outcome)
    {
        if (outcome is { Error: null, TooLarge: null }) _metrics.LoseRace();
        _awayForWrites = outcome.Error;
        var isHopeless = outcome.TooLarge is not null && !_drafter.Shrink(written);
        // What is at the height may be ours all the same: a network can deliver a write twice.
        if (outcome is { Error: null, TooLarge: null })
            written.Parts.ForEach(part => part.Job.IsInDoubt = true);
        foreach (var draft in (ReadOnlySpan<Draft?>)[next, written])
        {
            if (draft is null) continue;
            // What it read of other sites has to be read again.
            _hasSiteWork |= draft.Reading is not null && outcome.Error is null && _attends;
            _drafter.TakeBack(draft);
            var error = isHopeless && draft == written
                ? new StoreUnavailableException(outcome.TooLarge!.Message, outcome.TooLarge)
                : outcome.Error;
            if (error is null) _waiting.PutBack(draft.Parts);
            else draft.Parts.ForEach(part => part.Job.Fail(error));
            _drafter.Recycle(draft);
        }
        try
        {
            if (_fairness is not null && outcome.Error is null)
                await _fairness.TakeAsync().ConfigureAwait(false);
            await _follower.CatchUpAsync(null, CancellationToken.None).ConfigureAwait(false);
            Interlocked.Exchange(ref _refreshByWrite, null)?.SetResult();
        }
        catch (StoreUnavailableException e)
        {
            _waiting.Fail(e);
            Interlocked.Exchange(ref _refreshByWrite, null)?.SetException(e);
        }
    }

    private void FailWaiting()
    {
        var error = WhyClosed();
        lock (_waiting)
        {
            _waiting.Fail(error);
            _drafter.SiteWaiting.Fail(error);
        }
        Interlocked.Exchange(ref _refresh, null)?.SetException(error);
        Interlocked.Exchange(ref _refreshByWrite, null)?.SetException(error);
    }

    private Exception WhyClosed() => _fatal is null
        ? new ObjectDisposedException(nameof(Settler))
        : Stopped(_fatal);
}
