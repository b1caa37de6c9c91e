using Settle.Billing;
using Settle.Chain;
using Settle.Index;
using Settle.Settling;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;
using Settle.Verification;

namespace Settle.Local;

/// <summary>
/// A ledger in this process: a store, the state folded from it, and the settling loop.
/// </summary>
internal sealed partial class LocalLedger : ILedger
{
    private readonly IStore _store;
    private readonly LedgerState _state;
    private readonly BlockCache _blocks;
    private readonly IndexKeeper _keeper;
    private readonly Work _work;
    private readonly Settler _settler;
    private readonly LedgerOptions _options;
    private readonly AccountReader _accounts;
    private readonly LocalBilling _billing;
    private readonly Submitter _submitter;

    private LocalLedger(string name, IStore store, IFolder? indexFolder, LedgerOptions options)
    {
        (Name, _store, _options) = (name, store, options);
        _work = options.Work ?? new Work();
        _state = new LedgerState(BlockId.MainSite, _work.Promise);
        _blocks = new BlockCache(store, BlockId.MainSite);
        var folder = indexFolder is null ? null : new IndexFolder(indexFolder, options.IsReadOnly);
        // Only a writer takes turns, and the seat is a file that all writers see.
        var turns = indexFolder is null || options.IsReadOnly || store is CouchStore
            ? null : new Turns(indexFolder, options.Clock);
        _keeper = new IndexKeeper(_state, _blocks, folder, options.IndexSizes, _work);
        _settler = new Settler(
            name, store, _state, _blocks, _keeper, turns, options.Clock, _work,
            options.Stopped);
        _accounts = new AccountReader(_state, options.Clock);
        _submitter = new Submitter(_settler);
        _billing = new LocalBilling(
            this, options.Papers ?? PapersOf.Store(store, options.IsReadOnly), options, _work);
    }

    public string Name { get; }

    public IBilling Billing => _billing;

    /// <summary>The documents beside the chain.</summary>
    public IPapers Papers => _billing.Papers;

    public IStore Store => _store;

    public LedgerState State => _state;

    public Settler Settler => _settler;

    public Submitter Submitter => _submitter;

    /// <summary>Why it stopped by itself, wholly or in part; null while it works.</summary>
    public Exception? Fatal => _settler.Fatal ?? _inbox?.Fatal;

    /// <summary>Opens the ledger of an SQLite file.</summary>
    public static async Task<LocalLedger> OpenAsync(string path, LedgerOptions options,
        CancellationToken cancellation)
    {
        var opening = options.IsReadOnly ? SqliteOpening.ReadOnly
            : options.MustExist ? SqliteOpening.MustExist : SqliteOpening.CreateIfAbsent;
        var store = await SqliteStore.OpenAsync(path, opening, cancellation).ConfigureAwait(false);
        return await OpenAsync(Path.GetFileNameWithoutExtension(path), store,
            new DiskFolder(store.Location + ".index"), options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens the ledger of a CouchDB database.</summary>
    public static async Task<LocalLedger> OpenAsync(CouchAddress address, LedgerOptions options,
        CancellationToken cancellation)
    {
        var store = await CouchStore.OpenAsync(
            address, !options.MustExist, options.IsReadOnly, cancellation).ConfigureAwait(false);
        var index = IndexCache.FolderOf(address.Name, address.Location, options.CacheFolder);
        return await OpenAsync(address.Name, store,
            index is null ? null : new DiskFolder(index), options, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Opens the ledger of any store; without a folder the index is kept in memory only.
    /// </summary>
    public static async Task<LocalLedger> OpenAsync(string name, IStore store, IFolder? indexFolder,
        LedgerOptions options, CancellationToken cancellation)
    {
        try
        {
            var ledger = new LocalLedger(name, store, indexFolder, options);
            await ledger._keeper.OpenAsync(cancellation).ConfigureAwait(false);
            var progress = await ProgressOfAsync(store, options, cancellation)
                .ConfigureAwait(false);
            await ledger._settler.StartAsync(progress, cancellation).ConfigureAwait(false);
            return await OpenDocumentsAsync(ledger, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<LocalLedger> OpenDocumentsAsync(
        LocalLedger ledger, CancellationToken cancellation)
    {
        try
        {
            await ledger.OpenDocumentsAsync(cancellation).ConfigureAwait(false);
            await ledger._billing.OpenAsync(cancellation).ConfigureAwait(false);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Settles requests that their caller put into a job; the fastest way in.</summary>
    public ValueTask SettleAsync(Job job) => _settler.SettleAsync(job);

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null) await _inbox.DisposeAsync().ConfigureAwait(false);
        await _settler.DisposeAsync().ConfigureAwait(false);
        await _whenBegun.ConfigureAwait(false);
        await _keeper.DisposeAsync().ConfigureAwait(false);
        await _billing.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static async Task<Action<long>?> ProgressOfAsync(IStore store, LedgerOptions options,
        CancellationToken cancellation)
    {
        if (options.Progress is not { } progress) return null;
        var heightMax = await ChainTip.FindAsync(store, cancellation).ConfigureAwait(false);
        return height => progress.Report(new OpeningProgress(height, heightMax));
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
