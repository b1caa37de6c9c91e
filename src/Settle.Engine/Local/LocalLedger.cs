using Settle.Billing;
using Settle.Inbox;
using Settle.Index;
using Settle.Peers;
using Settle.Reading;
using Settle.Scheduling;
using Settle.Settling;
using Settle.State;
using Settle.Stores;
using Settle.Stores.CouchDb;
using Settle.Stores.Sqlite;

namespace Settle.Local;

/// <summary>
/// A ledger in this process: wires a store, the state folded from it, the settling loop, and what
/// reads and asks it.
/// </summary>
internal sealed partial class LocalLedger : IKnowsItsHealth, ISettlesHere, IHasSideDocuments
{
    private readonly IStore _store;
    private readonly LedgerState _state;
    private readonly TipNote _note;
    private readonly IndexKeeper _keeper;
    private readonly Settler _settler;
    private readonly Submitter _submitter;
    private readonly LedgerReader _reader;
    private readonly AccountLists _accounts;
    private readonly EntryLists _entries;
    private readonly HoldList _holds;
    private readonly LedgerSearch _search;
    private readonly ChainFeed _feed;
    private readonly LocalBilling _billing;
    private readonly InboxHost? _inbox;
    private readonly LocalSites _sites;
    private readonly SitePeers? _peers;
    private readonly Lazy<Task> _closing;

    private LocalLedger(string name, IStore store, IFolder? indexFolder, LedgerOptions options)
    {
        (Name, _store, IsReadOnly) = (name, store, options.IsReadOnly);
        _closing = new Lazy<Task>(CloseAsync);
        var (clock, scheduler) = (options.Clock, options.Scheduler ?? new Scheduler());
        _state = new LedgerState(options.Site, scheduler.Promise)
        {
            Copies = store.KeepsCopies ? new SiteCopies(store, options.Site) : null,
        };
        if (options.Site != SiteNames.Founder) _state.FoldSites();
        var blocks = new BlockCache(store, _state.Site);
        var folder = indexFolder is null ? null : new IndexFolder(indexFolder, options.IsReadOnly);
        _note = new TipNote(_state, blocks, folder, store.Location, clock, options.Warn);
        _keeper = new IndexKeeper(_state, blocks, folder, _note, options.IndexSizes, scheduler);
        var gate = new WriteGate(_state, _note, store, clock,
            options.ClockWitness ?? new ClockWitness(clock), options.AcceptRollback,
            options.AcceptClock, options.Warn);
        // Only a writer takes turns, and only a file's index is seen by all of its writers.
        var fairness = indexFolder is null || options.IsReadOnly || store.Connection is not null
            ? null : new WriterFairness(indexFolder, clock);
        _settler = new Settler(name, store, _state, blocks, _keeper, _note, gate, fairness, clock,
            scheduler, options.Stopped, attends: options.SettlesDocuments && !options.IsReadOnly);
        _reader = new LedgerReader(_state, blocks, _settler, clock);
        _submitter = new Submitter(_settler,
            location => _reader.ExplainAsync(location, CancellationToken.None),
            _reader.KnowsAccount)
        {
            Wait = options.SiteWait,
            ExplainsAgain = () => _state.Sites is not { HasSites: true },
            IdTag = options.Site == SiteNames.Founder ? "" : $"@{options.Site}",
        };
        _accounts = new AccountLists(_reader);
        _entries = new EntryLists(_reader);
        _holds = new HoldList(_reader);
        _feed = new ChainFeed(_reader, clock);
        var chains = new StoredChains(store, _state.Site, site => _sites!.KnowsSite(site));
        _sites = new LocalSites(_reader, _submitter, _settler, chains);
        if (options.Peers.Count > 0)
        {
            if (!store.KeepsCopies || IsReadOnly)
            {
                throw new InvalidRequestException("peer", IsReadOnly
                    ? "a ledger that is opened only for reading exchanges nothing"
                    : "a ledger in a database of CouchDB cannot have several sites yet: keep it "
                        + "in a file");
            }
            _sites.Peers = _peers = new SitePeers(name,
                new PeerOptions(options.Peers, options.ApiKey, clock, options.Warn), chains, _state,
                _settler);
        }
        SideDocuments = options.SideDocuments ?? store.OpenSideDocuments(options.IsReadOnly);
        _billing = new LocalBilling(_reader, _submitter, SideDocuments, clock, scheduler);
        Reports = new LocalReports(_reader, _accounts, clock);
        _search = new LedgerSearch(_reader, _accounts, _billing.Search);
        if (store.Connection is { } database && !options.IsReadOnly)
        {
            _inbox = new InboxHost(
                store, database, _reader, _submitter, clock, scheduler, options.Warn);
        }
    }

    public string Name { get; }

    /// <summary>Whether it was opened only for reading.</summary>
    public bool IsReadOnly { get; }

    public IBilling Billing => _billing;

    public ISites Sites => _sites;

    public IReports Reports { get; }

    /// <summary>The state of the servers of other sites; null where it talks to none.
    /// </summary>
    public IReadOnlyList<Peer>? Peers => _peers?.Statuses;

    /// <summary>The documents beside the chain.</summary>
    public ISideDocuments SideDocuments { get; }

    public IStore Store => _store;

    public LedgerState State => _state;

    public LedgerReader Reader => _reader;

    public Settler Settler => _settler;

    /// <summary>The fastest way in.</summary>
    public Submitter Submitter => _submitter;

    /// <summary>What settles documents; null where there are none, or they are only read.</summary>
    public InboxHost? Inbox => _inbox;

    /// <summary>Why it stopped by itself, wholly or in part; null while it works.</summary>
    public Exception? Fatal => _settler.Fatal ?? _inbox?.Fatal;

    /// <summary>Why nothing can be written, as far as is known; null when it can be.</summary>
    public SettleException? Obstacle => _settler.Obstacle;

    /// <summary>Looks whether anything can be written now; why not, or null.</summary>
    public Task<SettleException?> FindObstacleAsync(CancellationToken cancellation) =>
        _settler.FindObstacleAsync(cancellation);

    /// <summary>Opens the ledger of an SQLite file.</summary>
    public static async Task<LocalLedger> OpenAsync(string path, LedgerOptions options,
        CancellationToken cancellationToken)
    {
        var opening = options.IsReadOnly ? SqliteAccess.ReadOnly
            : options.MustExist ? SqliteAccess.ReadWrite : SqliteAccess.ReadWriteCreate;
        var store = await SqliteStore.OpenAsync(path, opening, cancellationToken)
            .ConfigureAwait(false);
        return await OpenAsync(Path.GetFileNameWithoutExtension(path), store,
            FolderOf(store, options), options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the ledger of a CouchDB database.</summary>
    public static async Task<LocalLedger> OpenAsync(CouchAddress address, LedgerOptions options,
        CancellationToken cancellationToken)
    {
        var store = await CouchStore.OpenAsync(
            address, !options.MustExist, options.IsReadOnly, cancellationToken,
            CouchNetwork.Machine with
            {
                WallClock = options.Clock == TimeProvider.System ? options.Clock : null,
            }).ConfigureAwait(false);
        return await OpenAsync(address.Name, store, FolderOf(store, options), options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens the ledger of any store; without a folder the index is kept in memory only.
    /// </summary>
    public static async Task<LocalLedger> OpenAsync(string name, IStore store, IFolder? indexFolder,
        LedgerOptions options, CancellationToken cancellationToken)
    {
        LocalLedger ledger;
        try
        {
            var site = await SiteNote.SiteOfAsync(store, cancellationToken).ConfigureAwait(false);
            if (site != SiteNames.Founder) options = options with { Site = site };
            ledger = new LocalLedger(name, store, indexFolder, options);
            // First: another process may add blocks, and note them, meanwhile.
            await ledger._note.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ledger._keeper.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (ledger._state is { Height: 0, Sites: null } state
                && (state.MustFoldSites || await SiteCopies.HasAnyAsync(store, cancellationToken)
                    .ConfigureAwait(false)))
                state.StartWithSites();
            await ledger.HearTimeAsync(cancellationToken).ConfigureAwait(false);
            var progress = await ledger.ProgressOfAsync(options, cancellationToken)
                .ConfigureAwait(false);
            await ledger._settler.StartAsync(progress, cancellationToken).ConfigureAwait(false);
            if (ledger._note.NeedsWord && !options.AcceptRollback)
                options.Warn?.Invoke(ledger._note.Rollback().Message);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        try
        {
            if (ledger._inbox is not null)
                await ledger._inbox.OpenAsync(options.SettlesDocuments, cancellationToken)
                    .ConfigureAwait(false);
            if (!options.IsReadOnly)
                await ledger._billing.OpenAsync(options.Warn,
                    cancellationToken).ConfigureAwait(false);
            if (ledger._peers is { } peers)
                await peers.StartAsync(cancellationToken).ConfigureAwait(false);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes it. Whoever asks meanwhile waits for the same end.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task CloseAsync()
    {
        if (_peers is not null) await _peers.DisposeAsync().ConfigureAwait(false);
        if (_inbox is not null) await _inbox.DisposeAsync().ConfigureAwait(false);
        await _settler.DisposeAsync().ConfigureAwait(false);
        if (_inbox is not null) await _inbox.EndAsync().ConfigureAwait(false);
        await _keeper.DisposeAsync().ConfigureAwait(false);
        _note.Dispose();
        await SideDocuments.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private static DiskFolder? FolderOf(IStore store, LedgerOptions options) =>
        store.IndexPath(options.CacheFolder) is { } path ? new DiskFolder(path) : null;

    private async Task HearTimeAsync(CancellationToken cancellationToken)
    {
        if (_state is not { Height: 0, Copies: { } copies } || _state.Site == SiteNames.Founder)
            return;
        var tip = await new StoredChains(_store, _state.Site)
            .TipAsync(SiteNames.Founder, cancellationToken).ConfigureAwait(false);
        if (tip.Height == 0) return;
        var block = await copies.FindAsync(SiteNames.Founder, tip, cancellationToken)
            .ConfigureAwait(false);
        _state.HeardTime = block?.Header.Time ?? 0;
    }

    private async Task<Action<long>?> ProgressOfAsync(
        LedgerOptions options, CancellationToken cancellationToken)
    {
        if (options.Progress is not { } progress) return null;
        var heightMax = await ChainTip.FindAsync(_store, _state.Site, cancellationToken)
            .ConfigureAwait(false);
        return height => progress.Report(new WorkProgress(height, heightMax));
    }
}
