namespace Settle.Stores.Sqlite;

/// <summary>
/// Notices when another process writes to a ledger that is open here: one timer looks at the logs
/// of all of them. A look costs about a microsecond, a read of the chain a hundred times as much.
/// </summary>
internal static class LogWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private static readonly Lock Gate = new();
    private static readonly List<(LedgerFile File, Action OnChange)> Watched = [];
    private static ITimer? _timer;

    /// <summary>Tells of writes until it is cancelled.</summary>
    public static async Task FollowAsync(
        LedgerFile file, Action onChange, CancellationToken cancellation)
    {
        var mine = (file, onChange);
        lock (Gate)
        {
            Watched.Add(mine);
            _timer ??= TimeProvider.System.CreateTimer(_ => Look(), null, Interval, Interval);
        }
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (Gate)
            {
                Watched.Remove(mine);
                if (Watched.Count == 0)
                {
                    _timer.Dispose();
                    _timer = null;
                }
            }
        }
    }

    private static void Look()
    {
        (LedgerFile File, Action OnChange)[] watched;
        lock (Gate) watched = [.. Watched];
        foreach (var (file, onChange) in watched)
        {
            try
            {
                if (file.HasLogChanged()) onChange();
            }
            catch (StoreUnavailableException)
            {
                onChange(); // Whoever looks at the whole file says what is wrong.
            }
        }
    }
}
