using Settle.Scheduling;

namespace Settle.Inbox;

/// <summary>
/// Settles what clients drop into a database, for as long as the ledger is open. Any number of
/// processes may do so at once: each is correct without knowing of the others.
/// </summary>
internal sealed class DocumentInbox : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // 200 ms, doubled so often, are 3.2 s.
    private const int LostMax = 4;

    private readonly InboxRounds _rounds;
    private readonly TimeProvider _clock;
    private readonly Scheduler _scheduler;
    private readonly Action<string>? _warn;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _lost;

    public DocumentInbox(InboxRounds rounds, TimeProvider clock, Scheduler scheduler,
        Action<string>? warn)
    {
        (_rounds, _clock, _scheduler, _warn) = (rounds, clock, scheduler, warn);
        _loop = scheduler.StartAsync(RunAsync);
    }

    /// <summary>Why it stopped by itself; null while it works.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>Finishes the step under way, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _scheduler.CancelAsync(_stop).ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var isWarned = false;
        while (!_stop.IsCancellationRequested)
        {
            var pause = RetryPause;
            try
            {
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
            await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    // Several processes at the same documents only take them from each other: who comes second
    // looks less often while the first one is at it, and sees within seconds when it is gone.
    private TimeSpan NextPause()
    {
        _lost = _rounds.WritesLost > _rounds.WritesWon ? int.Min(_lost + 1, LostMax)
            : _rounds.WritesWon > 0 ? 0 : int.Max(_lost - 1, 0);
        return _lost > 0 ? LookInterval * (1 << _lost)
            : _rounds.WritesWon > 0 ? TimeSpan.Zero : LookInterval;
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
