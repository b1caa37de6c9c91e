using Settle.Reading;
using Settle.Scheduling;
using Settle.Settling;
using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle.Inbox;

/// <summary>
/// What a database holds beside blocks: its design document, which is kept up to date, and
/// documents of clients, which are settled.
/// </summary>
internal sealed class InboxHost(IStore store, CouchConnection database, LedgerReader reader,
    Submitter submitter, TimeProvider clock, Scheduler scheduler, Action<string>? warn)
    : IAsyncDisposable
{
    private static readonly TimeSpan WritePause = TimeSpan.FromMilliseconds(50);

    private DocumentInbox? _inbox;
    private Task _whenBegun = Task.CompletedTask;

    /// <summary>Why it stopped by itself; null while it works.</summary>
    public Exception? Fatal => _inbox?.Fatal;

    /// <summary>
    /// Brings the design document up to date, and begins to settle. Whoever may not is warned: the
    /// ledger itself works without it.
    /// </summary>
    public async Task OpenAsync(bool settlesDocuments, CancellationToken cancellation)
    {
        var isBegun = reader.Assets.All.Count > 0;
        if (!await TryInstallAsync(cancellation).ConfigureAwait(false)) return;
        if (!isBegun) _whenBegun = InstallWhenBegunAsync();
        if (settlesDocuments) _inbox = new DocumentInbox(
            NewRounds(), store.Feed, clock, scheduler, warn);
    }

    /// <summary>Decides what is pending up to a time, and returns when all is.</summary>
    /// <exception cref="UnauthorizedException">
    /// The user may not install the design document.
    /// </exception>
    public async Task<DocumentReport> ResolveAsync(DateTimeOffset until,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        await InstallAsync(cancellation).ConfigureAwait(false);
        var rounds = NewRounds(progress);
        while (true)
        {
            await rounds.RunAsync(until, cancellation).ConfigureAwait(false);
            if (!rounds.HasRest)
                return rounds.Counts with { WithoutOutcome = rounds.WithoutOutcome };
            // Another process is at the same documents; it may be between block and outcome.
            await Pause.ForAsync(WritePause, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Finishes the step under way. The settling loop goes on.</summary>
    public ValueTask DisposeAsync() => _inbox?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Completes when nothing is installed any more. The loop has ended.</summary>
    public Task EndAsync() => _whenBegun;

    private InboxRounds NewRounds(IProgress<WorkProgress>? progress = null) =>
        new(new DocumentDatabase(store, database), submitter, reader, warn, progress);

    private Task InstallAsync(CancellationToken cancellation) =>
        store.InstallViewsAsync(
            reader.Assets.All.Count > 0 ? reader.DefaultAsset : "", cancellation);

    private async Task<bool> TryInstallAsync(CancellationToken cancellation)
    {
        try
        {
            await InstallAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (UnauthorizedException e)
        {
            warn?.Invoke(e.Message);
            return false;
        }
    }

    // The views need the default asset, which the first block sets.
    private async Task InstallWhenBegunAsync()
    {
        try
        {
            await reader.State.WhenAbove(0).ConfigureAwait(false);
            await TryInstallAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or StoreCorruptException)
        {
            // It ended before its first block.
        }
        catch (StoreUnavailableException e)
        {
            warn?.Invoke($"the views are not up to date: {e.Message}");
        }
    }
}
