using System.Threading.Channels;
using Settle.Scheduling;
using Settle.Stores.CouchDb;

namespace Settle.Inbox;

/// <summary>
/// Settles what clients drop into a database, for as long as the ledger is open. Any number of
/// processes may do so at once: each is correct without knowing of the others.
/// </summary>
internal sealed class DocumentInbox : IAsyncDisposable
{
    // So often where nothing tells of changes.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RefusedInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // 200 ms, doubled so often, are 3.2 s.
    private const int LostMax = 4;

    private readonly InboxRounds _rounds;
    private readonly CouchFeed? _feed;
    private readonly Channel<bool> _bell;
    private readonly TimeProvider _clock;
    private readonly Scheduler _scheduler;
    private readonly Action<string>? _warn;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _lost;

    public DocumentInbox(InboxRounds rounds, CouchFeed? feed, TimeProvider clock,
        Scheduler scheduler, Action<string>? warn)
    {
        (_rounds, _feed, _clock, _scheduler, _warn) = (rounds, feed, clock, scheduler, warn);
        _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
            AllowSynchronousContinuations = scheduler.AnswersInline,
        });
        if (feed is not null) feed.Told += Hear;
        _loop = scheduler.StartAsync(RunAsync);
    }

    /// <summary>Why it stopped by itself; null while it works.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>Finishes the step under way, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _scheduler.CancelAsync(_stop).ConfigureAwait(false);
        _bell.Writer.TryWrite(true);
        await _loop.ConfigureAwait(false);
        if (_feed is not null) _feed.Told -= Hear;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var isWarned = false;
        var retried = _clock.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            TimeSpan? pause = RetryPause;
            try
            {
                if (_clock.GetElapsedTime(retried) > RefusedInterval)
                {
                    _rounds.RetryRefused();
                    retried = _clock.GetTimestamp();
                }
                await _rounds.RunAsync(null, _stop.Token).ConfigureAwait(false);
                isWarned = false;
                pause = NextPause();
            }
            catch (Exception e) when (_stop.IsCancellationRequested
                && e is OperationCanceledException or SettleException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or OutcomeUnknownException
                or ClockSkewException)
            {
                // A store failure: all of it is safe to do again.
                if (!isWarned) _warn?.Invoke($"documents wait: {e.Message}");
                isWarned = true;
            }
            catch (Exception e)
            {
                Fatal = e;
                _warn?.Invoke($"documents are no longer settled: {e.Message}");
                return;
            }
            if (pause is { } time) await PauseAsync(time).ConfigureAwait(false);
            else await WaitAsync().ConfigureAwait(false);
        }
    }

    // Several processes at the same documents only take them from each other: who comes second
    // looks less often while the first one is at it, and sees within seconds when it is gone.
    // Null when there is nothing to do before something changes.
    private TimeSpan? NextPause()
    {
        _lost = _rounds.WritesLost > _rounds.WritesWon ? int.Min(_lost + 1, LostMax)
            : _rounds.WritesWon > 0 ? 0 : int.Max(_lost - 1, 0);
        return _lost > 0 ? LookInterval * (1 << _lost)
            : _rounds.WritesWon > 0 ? TimeSpan.Zero : _rounds.HasRest ? LookInterval : null;
    }

    private void Hear(string? id)
    {
        if (id is null || InboxDocument.IsOne(id)) _bell.Writer.TryWrite(true);
    }

    // What tells of changes may not do so for a while: now and then it is looked in any case.
    private async Task WaitAsync()
    {
        var silence = _feed is { IsAnswering: true } ? CouchFeed.SilenceMax : LookInterval;
        await using (_clock.CreateTimer(_ => _bell.Writer.TryWrite(true), null, silence,
            Timeout.InfiniteTimeSpan).ConfigureAwait(false))
        {
            await _bell.Reader.ReadAsync().ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        if (pause == TimeSpan.Zero) return;
        try
        {
            await Pause.ForAsync(pause, _clock, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the loop sees it.
        }
    }
}
