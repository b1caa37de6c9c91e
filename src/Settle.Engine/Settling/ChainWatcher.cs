using Settle.Scheduling;
using Settle.State;
using Settle.Stores;

namespace Settle.Settling;

/// <summary>
/// Knows when to look for other writers' blocks: when the store tells of one, and now and then in
/// any case, because what it tells may get lost.
/// </summary>
internal sealed class ChainWatcher : IAsyncDisposable
{
    private static readonly TimeSpan WhenNotTold = TimeSpan.FromMilliseconds(50);

    private readonly IFollowable? _store;
    private readonly LedgerState _state;
    private readonly Scheduler _scheduler;
    private readonly Action _wake;
    private readonly string _prefix;
    private readonly CancellationTokenSource _end = new();
    private Task _following = Task.CompletedTask;
    private long _newest;
    private bool _isDisposed;

    public ChainWatcher(IStore store, LedgerState state, Scheduler scheduler, Action wake)
    {
        (_store, _state, _scheduler, _wake) = (store as IFollowable, state, scheduler, wake);
        var first = BlockId.Format(state.Site, 0);
        _prefix = first[..(first.LastIndexOf(':') + 1)];
    }

    /// <summary>After how much silence to look.</summary>
    public TimeSpan Interval => _store is { IsFollowed: true } told ? told.SilenceMax : WhenNotTold;

    public void Start()
    {
        if (_store is not null)
            _following = _scheduler.StartAsync(() => _store.FollowAsync(Notice, _end.Token));
    }

    /// <summary>Whether there is a block that the state has not; says so once.</summary>
    public bool Take() => Interlocked.Exchange(ref _newest, 0) > _state.Height;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _scheduler.CancelAsync(_end).ConfigureAwait(false);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    // Our own blocks come here too: by then the state mostly has them.
    private void Notice(string? id)
    {
        if (id is not null && !id.StartsWith(_prefix, StringComparison.Ordinal)) return;
        var height = id is null ? long.MaxValue
            : long.TryParse(id.AsSpan(_prefix.Length), out var parsed) ? parsed : 0;
        if (height <= Volatile.Read(ref _newest)) return;
        Interlocked.Exchange(ref _newest, height);
        _wake();
    }
}
