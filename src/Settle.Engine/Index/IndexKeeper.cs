using System.Text;
using Settle.Chain;
using Settle.Settling;

namespace Settle.Index;

/// <summary>
/// Keeps a ledger's index on disk: opens it, turns full tables into runs, takes checkpoints, and shares all of
/// it with other processes on the same ledger. Without a folder the index stays in memory.
/// </summary>
internal sealed class IndexKeeper(LedgerState state, IndexFolder? folder) : IAsyncDisposable
{
    /// <summary>When so many ids have gathered, they become a run.</summary>
    public const int RowsMax = 500_000;

    // So few rows are not worth a run when a ledger is closed: reading their blocks is quick.
    private const int RowsMin = 16 * 1024;

    private int _rowsMax = RowsMax;
    private Task _writing = Task.CompletedTask;
    private IndexManifest _manifest = new();

    /// <summary>Whether the tables should be set aside before more is decided.</summary>
    public bool IsFull => folder is not null && state.Index.Recent.Count >= _rowsMax;

    /// <summary>Whether the folder's files went away under us, so that the index must be made anew.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What went wrong with the folder last; the ledger goes on without.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Takes the state from the folder, as far as it fits the chain.</summary>
    public async Task OpenAsync(BlockCache blocks, CancellationToken cancellation)
    {
        if (folder is null || !Directory.Exists(folder.Path)) return;
        // A manifest can be replaced while its runs are being opened; then the new one is there.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var manifest = folder.ReadManifest();
            if (manifest.CheckpointFile is null || !await FitsAsync(blocks, manifest, cancellation).ConfigureAwait(false))
                return;
            try
            {
                var book = Checkpoint.Read(Path.Combine(folder.Path, manifest.CheckpointFile));
                var (ids, movements) = OpenRuns(manifest);
                lock (state.Lock)
                {
                    if (!BlockHash.TryParse(Encoding.ASCII.GetBytes(manifest.CheckpointHash), out var hash))
                        throw new IndexDamagedException("the checkpoint's hash is none");
                    state.StartAt(book, manifest.CheckpointHeight, hash, manifest.CheckpointTime);
                    state.Index.UseRuns(manifest.Height, ids, movements);
                }
                _manifest = manifest;
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
        _writing = BeginWriting();
    }

    /// <summary>Throws the index away; the chain is read again from its beginning.</summary>
    public async Task WipeAsync()
    {
        await _writing.ConfigureAwait(false);
        using (var held = folder?.TryLock())
        {
            if (held is not null)
            {
                new IndexManifest().Write(folder!.Path);
                folder.RemoveAllBut(new IndexManifest());
            }
        }
        _manifest = new IndexManifest();
        IsLost = false;
        lock (state.Lock) state.StartOver();
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.ConfigureAwait(false);
        if (folder is not null && state.Index.Recent.Count >= RowsMin)
            await BeginWriting().ConfigureAwait(false);
        state.Index.Dispose();
    }

    private Task BeginWriting()
    {
        var held = folder!.TryLock();
        if (held is null)
        {
            _rowsMax = state.Index.Recent.Count + (RowsMax / 8);
            return Task.CompletedTask;
        }
        _rowsMax = RowsMax;
        try
        {
            AdoptNewer();
            if (state.Index.Recent.Count < RowsMin) return Release(held);
            lock (state.Lock) state.Index.Freeze(state.Height);
            var checkpoint = TakeCheckpoint();
            var end = (state.Height, state.Hash);
            return Task.Run(() => WriteRuns(held, end.Height, end.Hash, checkpoint));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexDamagedException)
        {
            Postpone(e);
            return Release(held);
        }
    }

    private static Task Release(FileStream held)
    {
        held.Dispose();
        return Task.CompletedTask;
    }

    private void Postpone(Exception error)
    {
        LastError = error;
        _rowsMax = state.Index.Recent.Count + RowsMax;
    }

    private void AdoptNewer()
    {
        var manifest = folder!.ReadManifest();
        if (manifest.Height < state.Index.RunHeight)
        {
            IsLost = true;
            throw new IndexDamagedException($"{folder.Path} lost its manifest");
        }
        if (manifest.Height == state.Index.RunHeight || manifest.Height > state.Height) return;
        var (ids, movements) = OpenRuns(manifest);
        lock (state.Lock)
        {
            state.Index.UseRuns(manifest.Height, ids, movements);
            state.Index.DropUpTo(manifest.Height);
        }
        _manifest = manifest;
    }

    // A checkpoint costs a write of every account, so it waits for as many entries as there are accounts.
    private IndexManifest? TakeCheckpoint()
    {
        var entries = state.Book.EntryCount;
        if (_manifest.CheckpointFile is not null
            && entries - _manifest.CheckpointEntries < state.Book.AccountCount) return null;
        var path = folder!.NewCheckpointPath();
        Checkpoint.Write(path, state.Book);
        return new IndexManifest
        {
            CheckpointFile = Path.GetFileName(path),
            CheckpointHeight = state.Height,
            CheckpointHash = state.Hash.ToString(),
            CheckpointTime = state.Time,
            CheckpointEntries = entries,
        };
    }

    private void WriteRuns(FileStream held, long height, BlockHash hash, IndexManifest? checkpoint)
    {
        using (held)
        {
            try
            {
                var writer = new IndexWriter(folder!.Path);
                var kept = folder.ReadManifest();
                if (kept.Height != _manifest.Height) kept = new IndexManifest();
                if (kept.Height != state.Index.RunHeight)
                    throw new IndexDamagedException("the manifest is not the one that was read");
                var manifest = (checkpoint ?? kept) with { Height = height, Hash = hash.ToString() };
                var ids = kept.Ids.ToList();
                var movements = kept.Movements.ToList();
                foreach (var tables in state.Index.Frozen)
                {
                    var (idRun, movementRun) = writer.Write(tables);
                    ids.Add(idRun);
                    movements.Add(movementRun);
                }
                manifest = manifest with
                {
                    Ids = writer.Merge<IdRow>("ids", ids, hasBloom: true),
                    Movements = writer.Merge<MovementRow>("movements", movements, hasBloom: false),
                };
                var (openIds, openMovements) = OpenRuns(manifest);
                manifest.Write(folder.Path);
                lock (state.Lock) state.Index.UseRuns(height, openIds, openMovements);
                _manifest = manifest;
                folder.RemoveAllBut(manifest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexDamagedException)
            {
                Postpone(e);
            }
        }
    }

    private (List<Run<IdRow>> Ids, List<Run<MovementRow>> Movements) OpenRuns(IndexManifest manifest)
    {
        var ids = new List<Run<IdRow>>();
        var movements = new List<Run<MovementRow>>();
        try
        {
            foreach (var run in manifest.Ids) ids.Add(Run<IdRow>.Open(folder!.Path, run));
            foreach (var run in manifest.Movements) movements.Add(Run<MovementRow>.Open(folder!.Path, run));
            return (ids, movements);
        }
        catch
        {
            ids.ForEach(run => run.Dispose());
            movements.ForEach(run => run.Dispose());
            throw;
        }
    }

    // An index may be older than the chain, never of another chain or ahead of it.
    private static async Task<bool> FitsAsync(BlockCache blocks, IndexManifest manifest,
        CancellationToken cancellation)
    {
        foreach (var (height, hash) in new[]
            { (manifest.Height, manifest.Hash), (manifest.CheckpointHeight, manifest.CheckpointHash) })
        {
            if (await blocks.FindAsync(height, cancellation).ConfigureAwait(false) is not { } block) return false;
            if (block.Header.Hash.ToString() != hash) return false;
        }
        return true;
    }
}
