namespace Settle.Settling;

/// <content>What the loop does about an index that is damaged or gone.</content>
internal sealed partial class Settler
{
    private static readonly TimeSpan HealInterval = TimeSpan.FromMilliseconds(50);

    private volatile bool _isDamaged;

    /// <summary>How often the index had to be rebuilt.</summary>
    public long Healed { get; private set; }

    private bool MustHeal => _isDamaged || _keeper.IsLost || _keeper.IsDamaged
        || _state.MustFoldSites;

    /// <summary>
    /// Rebuilds the index from the chain. Nobody is answered before it is whole.
    /// </summary>
    public async Task HealAsync(CancellationToken cancellation)
    {
        _isDamaged = true;
        await RefreshAsync().WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task HealAsync()
    {
        _state.IsHealing = true;
        await UntilDoneAsync(() => _keeper.StartOverAsync(CancellationToken.None))
            .ConfigureAwait(false);
        _blocks.Clear();
        await UntilDoneAsync(() => _follower.CatchUpAsync(null, CancellationToken.None))
            .ConfigureAwait(false);
        Healed++;
        _isDamaged = _state.IsHealing = false;
    }

    // The store may be away just now: that alone must not stop us for ever, but nobody should wait
    // for it.
    private async Task UntilDoneAsync(Func<Task> step)
    {
        while (true)
        {
            try
            {
                await step().ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException e)
            {
                _waiting.Fail(e);
                Interlocked.Exchange(ref _refresh, null)?.SetException(e);
                if (_isClosed) return;
            }
            await Task.Delay(HealInterval, _clock).ConfigureAwait(false);
        }
    }
}
