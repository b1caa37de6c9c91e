using Settle.Chains;
using Settle.Index;

namespace Settle.State;

/// <summary>
/// The one place where a ledger's state lives. The settling loop writes it, readers read what is
/// durable; both hold <see cref="Lock"/>, never across an await.
/// </summary>
/// <param name="site">Whose chain it is.</param>
/// <param name="promise">How a promise is made whose answer somebody waits for.</param>
internal sealed class LedgerState(string site,
    TaskCreationOptions promise = TaskCreationOptions.RunContinuationsAsynchronously)
{
    private volatile LedgerAssets _assets = LedgerAssets.None;

    // Made for the first who waits for a later block.
    private TaskCompletionSource? _advanced;
    private Exception? _stopped;
    private long _heightMax;
    private bool _foldsSites;

    public Lock Lock { get; } = new();

    public string Site { get; } = site;

    public Book Book { get; private set; } = new();

    public LedgerIndex Index { get; private set; } = new();

    /// <summary>The newest durable block; 0 for an empty chain.</summary>
    public long Height { get; private set; }

    /// <summary>The hash of the newest durable block.</summary>
    public BlockHash Hash { get; private set; }

    /// <summary>
    /// The hash of the first block, which tells a chain from others; none while it is not known.
    /// </summary>
    public BlockHash First { get; set; }

    /// <summary>The time of the newest durable block, microseconds since 1970.</summary>
    public long Time { get; private set; }

    /// <summary>
    /// The time of the founder's newest block that has come to a site without a block of its own; 0
    /// for none. Such a site has nothing else to compare a clock with.
    /// </summary>
    public long HeardTime { get; set; }

    /// <summary>
    /// The durable assets, to be read without the lock. None is forgotten while the state is made
    /// anew.
    /// </summary>
    public LedgerAssets Assets => _assets;

    /// <summary>Whether the index is being rebuilt; readers wait.</summary>
    public bool IsHealing { get; set; }

    /// <summary>
    /// Whether something happened that cannot be: what is here must not be kept for the next time.
    /// </summary>
    public bool IsBroken { get; set; }

    /// <summary>
    /// How many blocks were applied that this process had not written and not read before.
    /// </summary>
    public long BlocksFromOthers { get; private set; }

    /// <summary>
    /// The newest durable block in which a person confirmed that others are lost; height 0 for
    /// none.
    /// </summary>
    public (long Height, BlockHash Hash) Recovered { get; set; }

    /// <summary>What the store has of other sites; null where it cannot have any.</summary>
    public SiteCopies? Copies { get; init; }

    /// <summary>All chains, where the ledger has sites; null where this is the only one.</summary>
    public SiteLedger? Sites { get; private set; }

    /// <summary>
    /// Whether a site has been added and the chain was folded without regard to others: it has to
    /// be folded again.
    /// </summary>
    public bool MustFoldSites => Sites is null && (_foldsSites || !Book.Sites.IsEmpty);

    /// <summary>From the next beginning on, other sites' chains count.</summary>
    public void FoldSites() => _foldsSites = true;

    /// <summary>Other sites' chains count from the first block on.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot hold them.</exception>
    public void StartWithSites() => Sites = new SiteLedger(Site, Book,
        Copies ?? throw new StoreUnavailableException(
            "this ledger has several sites, whose blocks a database of CouchDB cannot hold yet: "
            + "keep it in a file"), keepsOwnIds: false);

    /// <summary>Starts at a height that a checkpoint holds.</summary>
    public void StartAt(Book book, long height, BlockHash hash, long time)
    {
        // Of the other chains a checkpoint knows nothing: all are folded from their beginning.
        if (_foldsSites || !book.Sites.IsEmpty)
        {
            _foldsSites = true;
            StartWithSites();
            return;
        }
        (Book, Height, Hash, Time) = (book, height, hash, time);
        NoteAssets();
    }

    /// <summary>Starts before the first block.</summary>
    public void StartOver()
    {
        var hadSites = !Book.Sites.IsEmpty;
        Index.Dispose();
        (Book, Index, Height, Hash, Time) = (new Book(), new LedgerIndex(), 0, BlockHash.None, 0);
        (Recovered, Sites) = (default, null);
        _foldsSites |= hadSites;
        if (_foldsSites) StartWithSites();
    }

    /// <summary>Nothing more is applied: whoever waits for a later block hears why.</summary>
    public void Stop(Exception why)
    {
        lock (Lock)
        {
            _stopped = why;
            _advanced?.TrySetException(why);
        }
    }

    /// <summary>
    /// Completes when the height is above the given one; fails when it never will be.
    /// </summary>
    public Task WhenAbove(long height)
    {
        lock (Lock)
        {
            if (Height > height) return Task.CompletedTask;
            return _stopped is not null ? Task.FromException(_stopped)
                : (_advanced ??= new TaskCompletionSource(promise)).Task;
        }
    }

    /// <summary>One of our blocks is durable. The caller holds the lock.</summary>
    public void Commit(BlockHeader header, UndoLog undo, MovementLog movements)
    {
        Book.Commit(undo);
        Advance(header, movements);
    }

    /// <summary>Applies another writer's durable block. The caller holds the lock.</summary>
    /// <exception cref="StoreCorruptException">
    /// It does not follow from the newest block.
    /// </exception>
    public void Apply(BlockDocument block, RequestBatch scratch, MovementLog movements)
    {
        var header = block.Header;
        if (header.Height != Height + 1 || header.Prev != Hash
            || (header.Time < Time && header.Recovery is not { SetsClock: true }))
        {
            throw new StoreCorruptException(
                $"block {header.Height} does not follow from block {Height}; run settle verify");
        }
        try
        {
            ApplyEntries(block, scratch, movements);
        }
        catch (Exception e)
        {
            IsBroken = true;
            throw new StoreCorruptException(
                $"block {header.Height} holds what no writer writes: {e.Message}; "
                + "run settle verify", e);
        }
        if (header.Height > _heightMax) BlocksFromOthers++;
        Advance(header, movements);
    }

    private void ApplyEntries(BlockDocument block, RequestBatch scratch, MovementLog movements)
    {
        if (Sites is not null)
        {
            Sites.ApplyOwn(block, movements, Index.AddIds);
            return;
        }
        var height = block.Header.Height;
        Book.BeginBlock(height, block.Header.Time, movements, undo: null,
            block.Header.Recovery);
        var bytes = block.Body.Span;
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            scratch.Clear();
            var location = new EntryLocation(height, at);
            at += EntryReader.Read(bytes[at..], scratch);
            ref var entry = ref scratch[0];
            Book.Resolve(scratch, ref entry);
            Book.Apply(scratch, entry, location);
            Index.AddIds(scratch, entry, location);
        }
    }

    private void Advance(BlockHeader header, MovementLog movements)
    {
        Index.AddMovements(header.Height, movements.Rows);
        (Height, Hash, Time) = (header.Height, header.Hash, header.Time);
        _heightMax = long.Max(_heightMax, Height);
        if (Height == 1) First = Hash;
        if (header.Recovery is { Lost: not null }) Recovered = (Height, Hash);
        NoteAssets();
        var advanced = _advanced;
        _advanced = null;
        advanced?.SetResult();
    }

    private void NoteAssets()
    {
        if (Book.DurableAssetCount <= _assets.All.Count) return;
        _assets = new LedgerAssets([.. Enumerable.Range(0, Book.DurableAssetCount)
            .Select(number => new AssetInfo(Book.Assets[number].Code, Book.Assets[number].Scale))]);
    }
}
