namespace Settle;

/// <summary>
/// Lets two sites exchange all that they have, both ways, and answer each other, until neither has
/// anything new. Each is a file, which needs no server, or behind one.
/// </summary>
internal static class SiteSync
{
    private const int RoundsMax = 64;

    /// <param name="from">One site: a file, or an address.</param>
    /// <param name="to">The other one.</param>
    /// <param name="options">How to open them.</param>
    /// <param name="progress">Told how many blocks were copied; may be null.</param>
    /// <param name="cancellation">Stops between two batches; run again, it goes on.</param>
    /// <exception cref="InvalidRequestException">They are one site, or have no sites.</exception>
    /// <exception cref="ChainsDifferException">They are of different ledgers.</exception>
    /// <exception cref="SiteStoppedException">
    /// One of them may not write, and has not retired; all blocks were exchanged before that is
    /// said.
    /// </exception>
    public static async Task<SyncReport> RunAsync(string from, string to, LedgerOptions options,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        options = options with { MustExist = true, SettlesDocuments = false };
        await using var one = await SyncSide.OpenAsync(from, options, cancellation)
            .ConfigureAwait(false);
        await using var other = await SyncSide.OpenAsync(to, options, cancellation)
            .ConfigureAwait(false);
        await one.CheckHasSitesAsync(cancellation).ConfigureAwait(false);
        await other.CheckHasSitesAsync(cancellation).ConfigureAwait(false);
        return await RunAsync(one, other, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task<SyncReport> RunAsync(SyncSide one, SyncSide other,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var (there, back) = (one.To(other), other.To(one));
        SyncReport? report = null;
        SiteStoppedException? stopped = null;
        var total = 0L;
        for (var round = 0; round < RoundsMax; round++)
        {
            var sent = await there.RunAsync(Count, cancellation).ConfigureAwait(false);
            var received = await back.RunAsync(Count, cancellation).ConfigureAwait(false);
            report ??= new SyncReport(sent.From.Site, sent.To.Site, 0, 0, 0);
            report = report with
            {
                Sent = report.Sent + sent.Copied,
                Received = report.Received + received.Copied,
                TakenBack = report.TakenBack + sent.TakenBack + received.TakenBack,
            };
            if (round > 0 && !sent.IsNews && !received.IsNews) break;
            // Who may not write gets all that the other one has, which goes on.
            var (mine, theirs) = (await one.AnswerAsync().ConfigureAwait(false),
                await other.AnswerAsync().ConfigureAwait(false));
            stopped = received.Stopped ?? sent.Stopped ?? mine ?? theirs;
        }
        stopped ??= await one.FindObstacleAsync(cancellation).ConfigureAwait(false)
            ?? await other.FindObstacleAsync(cancellation).ConfigureAwait(false);
        if (stopped is not null) throw stopped;
        var forked = await one.ForkedAsync(cancellation).ConfigureAwait(false);
        return report! with
        {
            Forked = [.. forked.Union(await other.ForkedAsync(cancellation).ConfigureAwait(false))
                .Order(StringComparer.Ordinal)],
        };

        void Count(long copied)
        {
            total += copied;
            progress?.Report(new WorkProgress(total, total));
        }
    }
}
