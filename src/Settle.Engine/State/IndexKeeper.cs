using Settle.Index;
using Settle.Scheduling;

namespace Settle.State;

/// <summary>
/// Keeps a ledger's index on disk: opens it, turns full tables into runs, takes checkpoints, and
/// shares all of it with other processes on the same ledger. Without a folder the index stays in
/// memory.
/// </summary>
/// <param name="state">What is kept.</param>
/// <param name="blocks">The chain that the index must fit.</param>
/// <param name="folder">Where; null for nowhere.</param>
/// <param name="note">
/// Says whether blocks are missing: until a person decides, the index is what shows it; null for a
/// chain that is only checked.
/// </param>
/// <param name="sizes">When it writes what.</param>
/// <param name="scheduler">Who runs what is done beside the ledger.</param>
internal sealed class IndexKeeper(LedgerState state, BlockCache blocks, IndexFolder? folder,
    TipNote? note, IndexSizes sizes, Scheduler scheduler) : IAsyncDisposable
{
    private readonly IndexWriter? _writer =
        folder is null ? null : new IndexWriter(folder.Files, sizes, scheduler);

    private int _rowsMax = sizes.RowsMax;
    private IdFiltering _filtering = new(sizes.RowsMax);
    private Task _writing = Task.CompletedTask;
    private IndexManifest _manifest = new();

    // What was found in the folder and is of no use; the next run replaces it.
    private IndexManifest? _useless;

    /// <summary>Whether the tables should be set aside before more is decided.</summary>
    public bool IsFull =>
        folder is not null && state.Index.Recent.Count >= _rowsMax && note?.NeedsWord != true;

    /// <summary>
    /// Whether the folder's files went away under us, so that the index must be rebuilt.
    /// </summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether a run turned out to be damaged, so that all must be rebuilt.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>What went wrong with the folder last; the ledger goes on without.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Takes the state from the folder, as far as it fits the chain.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (folder is null || !folder.Files.Exists) return;
        // A manifest can be replaced while its runs are being opened; then the new one is there.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var manifest = folder.ReadManifest();
            _useless = null;
            if (manifest.CheckpointFile is null) return;
            _useless = manifest;
            if (!await FitsAsync(manifest, cancellation).ConfigureAwait(false)) return;
            try
            {
                Use(manifest);
                _useless = null;
                return;
            }
            catch (IndexDamagedException e)
            {
                LastError = e; // Without its index the ledger folds its chain.
            }
        }
    }

    /// <summary>Sets full tables aside and begins to write them. The state is at rest.</summary>
    public async ValueTask KeepAsync()
    {
        if (!IsFull) return;
        // One run is written at a time; whoever settles faster than that waits here.
        await _writing.ConfigureAwait(false);
        _writing = await BeginWritingAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Starts before the first block, without the index that turned out to be damaged; or, when the
    /// folder's files were replaced by another process, with those.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// Whether those fit cannot be seen: it has to be called again.
    /// </exception>
    public async Task StartOverAsync(CancellationToken cancellation)
    {
        await _writing.ConfigureAwait(false);
        if (!IsLost) await WipeAsync().ConfigureAwait(false);
        (_manifest, _rowsMax) = (new IndexManifest(), sizes.RowsMax);
        _filtering.Dispose();
        _filtering = new IdFiltering(sizes.RowsMax);
        lock (state.Lock) state.StartOver();
        if (IsLost) await OpenAsync(cancellation).ConfigureAwait(false);
        IsLost = IsDamaged = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.ConfigureAwait(false);
        // A state that broke may hold what no block holds.
        var mayKeep = folder is not null && !state.IsBroken && !IsLost && !IsDamaged
            && note?.NeedsWord != true;
        if (mayKeep && state.Index.Recent.Count >= sizes.RowsMin)
            await (await BeginWritingAsync().ConfigureAwait(false)).ConfigureAwait(false);
        _writer?.Dispose();
        _filtering.Dispose();
        state.Index.Dispose();
    }

    private async ValueTask WipeAsync()
    {
        _useless = folder?.ReadManifest();
        try
        {
            using var held = folder?.TryLock();
            if (held is null) return;
            await ReplaceAsync(new IndexManifest()).ConfigureAwait(false);
            await folder!.RemoveAllButAsync(new IndexManifest(), [], scheduler)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LastError = e; // What is left there is known to be useless.
        }
    }

    private void Use(IndexManifest manifest)
    {
        if (!BlockHash.TryParse(Encoding.ASCII.GetBytes(manifest.CheckpointHash), out var hash))
            throw new IndexDamagedException("the checkpoint's hash is none");
        var book = Checkpoint.Read(folder!.Files, manifest.CheckpointFile!);
        var runs = OpenRuns.Of(folder.Files, manifest, state.Index);
        lock (state.Lock)
        {
            state.StartAt(book, manifest.CheckpointHeight, hash, manifest.CheckpointTime);
            // Where it is above the checkpoint, it is read again on the way to the chain's end.
            state.Recovered = KnownTip.Of(manifest).Recovered;
            state.Index.UseRuns(manifest.Height, runs, filter: null);
        }
        _manifest = manifest;
    }

    /// <returns>The writing that has begun.</returns>
    private async ValueTask<Task> BeginWritingAsync()
    {
        var held = folder!.TryLock();
        if (held is null)
        {
            Wait();
            return Task.CompletedTask;
        }
        _rowsMax = sizes.RowsMax;
        try
        {
            // An index without a note is taken for one whose note was removed.
            var mayWrite = (note is null || folder.HasNote)
                && await AdoptNewerAsync().ConfigureAwait(false);
            if (!mayWrite) Wait();
            if (!mayWrite || state.Index.Recent.Count < sizes.RowsMin) return Release(held);
            lock (state.Lock) state.Index.Freeze(state.Height);
            var checkpoint = TakeCheckpoint();
            var tip = new KnownTip(new LostBlock(state.Height, state.Hash), state.First,
                state.Recovered);
            return scheduler.KeepAsync(() => WriteRunsAsync(held, tip, checkpoint));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or IndexDamagedException
                or SettleException)
        {
            Postpone(e);
            return Release(held);
        }
    }

    // Another process is writing now, or is ahead of us: soon its runs will do.
    private void Wait() => _rowsMax = state.Index.Recent.Count + sizes.RowsMore;

    private static Task Release(IDisposable held)
    {
        held.Dispose();
        return Task.CompletedTask;
    }

    private void Postpone(Exception error)
    {
        LastError = error;
        _rowsMax = state.Index.Recent.Count + sizes.RowsMax;
    }

    /// <summary>Takes over the runs that another process wrote.</summary>
    /// <returns>Whether ours may follow now.</returns>
    private async ValueTask<bool> AdoptNewerAsync()
    {
        var manifest = folder!.ReadManifest();
        var runHeight = state.Index.RunHeight;
        if (manifest.Height < runHeight
            || (manifest.Height == runHeight && manifest.Hash != _manifest.Hash))
        {
            throw Lost();
        }
        if (manifest.Height == runHeight || IsUseless(manifest)) return true;
        if (manifest.Height > state.Height) return false;
        // Tables that wait here reach farther than those runs: ours will replace them.
        var isOvertaken = state.Index.Frozen.Count > 0
            && state.Index.Frozen[^1].Height > manifest.Height;
        var block = await blocks.FindAsync(manifest.Height, CancellationToken.None)
            .ConfigureAwait(false);
        if (isOvertaken || block?.Header.Hash.ToString() != manifest.Hash)
            return runHeight == 0 ? true : throw Lost();
        try
        {
            var runs = OpenRuns.Of(folder.Files, manifest, state.Index);
            // What only those runs will know from now on. It is in our tables: we read the blocks.
            foreach (var tables in state.Index.Frozen) _filtering.Add(tables.Ids.Rows);
            _filtering.Add(state.Index.Recent.Rows);
            lock (state.Lock)
            {
                state.Index.UseRuns(manifest.Height, runs, _filtering.Filter);
                state.Index.DropUpTo(manifest.Height);
            }
            _manifest = manifest;
        }
        catch (IndexDamagedException e) when (runHeight == 0)
        {
            LastError = e; // Nothing of ours depends on it, so ours replaces it.
        }
        return true;
    }

    private bool IsUseless(IndexManifest manifest) =>
        _useless is { } useless
        && (useless.Height, useless.Hash) == (manifest.Height, manifest.Hash);

    private IndexDamagedException Lost()
    {
        IsLost = true;
        return new IndexDamagedException(
            $"{folder!.Files.Path} is no longer the index that was opened");
    }

    // A checkpoint costs a write of every account and of the time of every block, eight of which
    // weigh less than an account; so it waits for as many entries.
    private IndexManifest? TakeCheckpoint()
    {
        var entries = state.Book.EntryCount;
        if (_manifest.CheckpointFile is not null
            && entries - _manifest.CheckpointEntries < state.Book.AccountCount + (state.Height / 8))
            return null;
        var name = folder!.NewCheckpointName();
        Checkpoint.Write(folder.Files, name, state.Book);
        return new IndexManifest
        {
            CheckpointFile = name,
            CheckpointHeight = state.Height,
            CheckpointHash = state.Hash.ToString(),
            CheckpointTime = state.Time,
            CheckpointEntries = entries,
        };
    }

    private async Task WriteRunsAsync(
        IDisposable held, KnownTip tip, IndexManifest? checkpoint)
    {
        using (held)
        {
            try
            {
                var kept = folder!.ReadManifest();
                if (kept.Height != _manifest.Height || kept.Hash != _manifest.Hash)
                    kept = new IndexManifest();
                if (kept.Height != state.Index.RunHeight)
                    throw new IndexDamagedException("the manifest is not the one that was read");
                var manifest = tip.In(checkpoint ?? kept) with
                {
                    Ids = kept.Ids, Movements = kept.Movements,
                };
                _filtering.Advance(folder.Files, kept.Ids, state.Index.Frozen);
                manifest = await _writer!.WriteAsync(manifest, state.Index.Frozen)
                    .ConfigureAwait(false);
                var runs = OpenRuns.Of(folder.Files, manifest, state.Index);
                await ReplaceAsync(manifest).ConfigureAwait(false);
                lock (state.Lock) state.Index.UseRuns(tip.Block.Height, runs, _filtering.Filter);
                (_manifest, _useless, LastError) = (manifest, null, null);
                await folder.RemoveAllButAsync(manifest, _writer.Unfinished, scheduler)
                    .ConfigureAwait(false);
            }
            catch (IndexDamagedException e)
            {
                (LastError, IsDamaged) = (e, true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Postpone(e);
            }
        }
    }

    private async ValueTask ReplaceAsync(IndexManifest manifest)
    {
        await scheduler.StepAsync().ConfigureAwait(false);
        manifest.WriteNew(folder!.Files);
        await scheduler.StepAsync().ConfigureAwait(false);
        IndexManifest.Replace(folder.Files);
        await scheduler.StepAsync().ConfigureAwait(false);
    }

    // An index may be older than the chain, never of another chain or ahead of it.
    private async Task<bool> FitsAsync(IndexManifest manifest, CancellationToken cancellation)
    {
        foreach (var (height, hash) in new[]
        {
            (manifest.Height, manifest.Hash),
            (manifest.CheckpointHeight, manifest.CheckpointHash),
        })
        {
            var block = await blocks.FindAsync(height, cancellation).ConfigureAwait(false);
            if (block?.Header.Hash.ToString() != hash) return false;
        }
        return true;
    }
}
