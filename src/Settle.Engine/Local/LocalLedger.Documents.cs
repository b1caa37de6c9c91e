using Settle.Inbox;
using Settle.Stores.CouchDb;
using Settle.Stores.CouchDb.Design;

namespace Settle.Local;

/// <content>What a database holds beside blocks.</content>
internal sealed partial class LocalLedger : IDocumentLedger
{
    private static readonly TimeSpan MarkPause = TimeSpan.FromMilliseconds(50);

    private DocumentInbox? _inbox;
    private Task _whenBegun = Task.CompletedTask;

    private CouchConnection? Database => (_store as CouchStore)?.Connection;

    /// <summary>The ledger's default asset; empty while it has none.</summary>
    private string AssetOnceSet
    {
        get
        {
            lock (_state.Lock)
                return _state.Book.DurableAssetCount > 0 ? _state.Book.Assets[0].Code : "";
        }
    }

    /// <summary>
    /// Brings the design document up to date. Whoever may not is warned: the ledger itself works
    /// without it.
    /// </summary>
    private async Task OpenDocumentsAsync(CancellationToken cancellation)
    {
        if (Database is null || _options.IsReadOnly) return;
        var isBegun = AssetOnceSet.Length > 0;
        if (!await TryInstallDesignAsync(cancellation).ConfigureAwait(false)) return;
        if (!isBegun) _whenBegun = InstallWhenBegunAsync();
        if (_options.SettlesDocuments)
            _inbox = new DocumentInbox(NewRounds(), _options.Clock, _work, _options.Warn);
    }

    /// <summary>Decides and marks what is pending up to a time, and returns when all is.</summary>
    public async Task<InboxCounts> ResolveDocumentsAsync(
        DateTimeOffset until, IProgress<DocumentProgress>? progress,
        CancellationToken cancellation)
    {
        await InstallDesignAsync(cancellation).ConfigureAwait(false);
        var rounds = NewRounds(progress);
        while (true)
        {
            await rounds.RunAsync(until, cancellation).ConfigureAwait(false);
            if (!rounds.HasRest)
            {
                await rounds.NotePlaceAsync(cancellation).ConfigureAwait(false);
                return rounds.Counts;
            }
            // Another process is at the same documents; it may be between block and mark.
            await Pause.ForAsync(MarkPause, _options.Clock, cancellation).ConfigureAwait(false);
        }
    }

    private InboxRounds NewRounds(IProgress<DocumentProgress>? progress = null) =>
        new(new DocumentDatabase(Database!), this, progress);

    async Task<bool> IDocumentLedger.IsOwnerAsync(
        string account, string user, CancellationToken cancellation)
    {
        var found = await GetAccountAsync(account, default, cancellation).ConfigureAwait(false);
        return found?.Owners?.Contains(user) == true;
    }

    /// <exception cref="UnauthorizedException">The user may not install it.</exception>
    private async Task InstallDesignAsync(CancellationToken cancellation)
    {
        if (Database is not { } database) return;
        await DesignInstaller.InstallAsync(database, AssetOnceSet, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<bool> TryInstallDesignAsync(CancellationToken cancellation)
    {
        try
        {
            await InstallDesignAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (UnauthorizedException e)
        {
            _options.Warn?.Invoke(e.Message);
            return false;
        }
    }

    // The views need the default asset, which the first block sets.
    private async Task InstallWhenBegunAsync()
    {
        try
        {
            await _state.WhenAbove(0).ConfigureAwait(false);
            await TryInstallDesignAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or StoreCorruptException)
        {
            // It ended before its first block.
        }
        catch (StoreUnavailableException e)
        {
            _options.Warn?.Invoke($"the views are not up to date: {e.Message}");
        }
    }
}
