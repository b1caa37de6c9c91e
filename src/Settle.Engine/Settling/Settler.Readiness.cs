namespace Settle.Settling;

/// <content>Whether anything can be written just now, for those who run servers.</content>
internal sealed partial class Settler
{
    // Why the last look at the store, and the last write to it, failed; null when they did not.
    private volatile SettleException? _awayForReads;
    private volatile SettleException? _awayForWrites;

    /// <summary>Why nothing can be written, as far as is known; null when it can be.</summary>
    public SettleException? Obstacle => _fatal is { } fatal ? Stopped(fatal)
        : _gate.Obstacle ?? _awayForReads ?? _awayForWrites ?? _siteStopped;

    /// <summary>How long ago a block was, by this machine's clock; 0 for none.</summary>
    public long SecondsSince(long time) => time == 0 ? 0
        : (ChainTime.From(_clock.GetUtcNow()) - time) / ChainTime.MicrosecondsPerSecond;

    /// <summary>
    /// Why the index or its note could not be written last; null when they could. The ledger goes
    /// on without them, but starts slowly, and cannot notice that it was put back.
    /// </summary>
    public Exception? IndexFault => _note.LastError ?? _keeper.LastError;

    /// <summary>Looks whether anything can be written now.</summary>
    /// <returns>Why not; null when it can be.</returns>
    public async Task<SettleException?> FindObstacleAsync(CancellationToken cancellation)
    {
        if (_fatal is { } fatal) return Stopped(fatal);
        if (_gate.Obstacle is { } obstacle) return obstacle;
        try
        {
            await _store.ProbeAsync(_awayForWrites is not null, cancellation)
                .ConfigureAwait(false);
            _awayForReads = _awayForWrites = null;
        }
        catch (StoreUnavailableException e)
        {
            return _awayForWrites = e;
        }
        catch (SettleException e)
        {
            return e; // The loop finds it too, and stops.
        }
        return _siteStopped;
    }

    private static StoreCorruptException Stopped(Exception fatal) =>
        new($"this ledger has stopped: {fatal.Message}", fatal);
}
