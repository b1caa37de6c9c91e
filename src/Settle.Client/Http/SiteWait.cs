namespace Settle.Http;

/// <summary>
/// Waiting for money of other sites, behind a server that waits for a part of the time.
/// </summary>
internal static class SiteWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Sends a request, and again while its money is at other sites.</summary>
    /// <param name="asked">How long; null for what the client was made with.</param>
    /// <param name="options">Of the client.</param>
    /// <param name="send">Sends it, with how long the server may wait.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<T> RunAsync<T>(TimeSpan? asked, HttpLedgerOptions options,
        Func<TimeSpan, Task<T>> send, CancellationToken cancellation)
    {
        var (wait, since) = (asked ?? options.SiteWait, options.Clock.GetTimestamp());
        var rest = wait;
        while (true)
        {
            var sent = options.Clock.GetTimestamp();
            try
            {
                return await send(rest).ConfigureAwait(false);
            }
            catch (InsufficientHereException)
                when ((rest = wait - options.Clock.GetElapsedTime(since)) > TimeSpan.Zero)
            {
                // Nothing was recorded. A server that has not waited is not asked without a pause.
                var pause = Pause - options.Clock.GetElapsedTime(sent);
                if (pause > rest) pause = rest;
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, options.Clock, cancellation).ConfigureAwait(false);
                rest = wait - options.Clock.GetElapsedTime(since);
                if (rest < TimeSpan.Zero) rest = TimeSpan.Zero;
            }
        }
    }
}
