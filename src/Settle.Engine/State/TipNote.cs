using Settle.Index;

namespace Settle.State;

/// <summary>
/// A note beside the index: the newest block that was ever known here. It finds out that a file was
/// put back from an older copy, or a database restored, and that ids would be decided twice. Only
/// the first note waits for the disk: no later one is ever ahead of the chain, and what a power cut
/// takes from it is only missed. So a note that cannot be read is somebody's doing, and nobody but
/// a person knows what was in it. One that is gone says nothing: then only the index shows a loss.
/// </summary>
/// <param name="state">The chain.</param>
/// <param name="blocks">Where it is read.</param>
/// <param name="folder">Where the note is; null for nowhere.</param>
/// <param name="location">The store, for people.</param>
/// <param name="clock">Says when to look whether the note is still there.</param>
/// <param name="warn">Told with the first block that it cannot be noted; null for nobody.</param>
internal sealed class TipNote(LedgerState state, BlockCache blocks, IndexFolder? folder,
    string location, TimeProvider clock, Action<string>? warn) : IDisposable
{
    // A store that is late may be late again, and the alarm would be false.
    private const int LooksMax = 5;

    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly byte[] _bytes = new byte[TipFile.Bytes];
    // What was known and is not in the chain, the newest first.
    private volatile KnownTip[] _missing = [];
    private Stream? _file;
    private long _noted;
    private long _looked;
    private bool _isIndexWrong;
    // Whether what is there is kept under another name and says nothing any more.
    private bool _replaces;
    // What lies there of another ledger, whose file was perhaps replaced.
    private (KnownTip Note, KnownTip Index) _foreign;
    private long _heightAtStart = -1;
    private bool _hasWarned;

    /// <summary>
    /// The newest block that was known here, if the chain does not have it; null when it has.
    /// </summary>
    public LostBlock? Missing => _missing is [var newest, ..] ? newest.Block : null;

    /// <summary>
    /// Why it is not known whether the chain has the newest block; null where it is.
    /// </summary>
    public string? Fault { get; private set; }

    /// <summary>Whether nothing may be written without a person's word.</summary>
    public bool NeedsWord => _missing.Length > 0 || Fault is not null;

    /// <summary>What went wrong with the note last; the ledger goes on without.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Compares the chain with what was known of it.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (folder is null || !folder.Files.Exists) return;
        var note = TipFile.Read(folder, out var fault);
        var index = KnownTip.Of(folder.ReadManifest());
        // Each is as good as the other; the note is mostly newer.
        if (await IsForeignAsync(note, cancellation).ConfigureAwait(false))
            (_foreign.Note, note) = (note, default);
        if (await IsForeignAsync(index, cancellation).ConfigureAwait(false))
            (_foreign.Index, index) = (index, default);
        Fault = fault;
        SayForeign(folder);
        KnownTip[] known = index.Block.Height > note.Block.Height ? [index, note] : [note, index];
        if (await HasAsync(known[0], cancellation).ConfigureAwait(false)) return;
        _missing = await HasAsync(known[1], cancellation).ConfigureAwait(false)
            ? known[..1] : known;
        _isIndexWrong = _missing.Contains(index);
    }

    /// <summary>
    /// Whether what was missing is there after all, because a store may be late, or was given up by
    /// a person, who confirmed it in the chain; and whether the note can be read now.
    /// </summary>
    public async ValueTask LookAgainAsync()
    {
        if (Fault is not null) await ReadAgainAsync(folder!).ConfigureAwait(false);
        for (var looks = 0; _missing.Length > 0 && looks < LooksMax; looks++)
        {
            foreach (var tip in _missing)
            {
                if (tip.IsGivenUpBy(state.Recovered)
                    || await HasAsync(tip, CancellationToken.None).ConfigureAwait(false)
                    || await IsForeignAsync(tip, CancellationToken.None).ConfigureAwait(false))
                    _missing = [.. _missing.Where(other => other != tip)];
            }
        }
    }

    /// <summary>What to say while it needs a person's word.</summary>
    public StoreCorruptException Rollback()
    {
        if (Missing is not { } missing) return Unknown();
        var has = state.Height < missing.Height
            ? string.Create(CultureInfo.InvariantCulture,
                $"{location} has {state.Height} blocks, but had {missing.Height}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{location} has another block {missing.Height} than it had");
        return new StoreCorruptException($"{has}, as {folder!.Files.Path} shows: it was put back "
            + "from an older copy. Put the newest one back; or, if the newer blocks are lost, "
            + "add --accept-rollback once to 'settle serve' or to a command that writes, such as "
            + "'settle transfer' (AcceptRollback in .NET); it is recorded"
            + (state.Height > 0 ? ""
                : $"; or, if this is to be a new ledger, delete {folder.Files.Path} as well"));
    }

    // The chain is good as far as it goes, and what it had once cannot be known.
    private StoreCorruptException Unknown() => new(
        $"{folder!.NotePath}, the note of the newest block that was known here, {Fault}: "
        + string.Create(CultureInfo.InvariantCulture, $"{location} has {state.Height} blocks, ")
        + "and may have been put back from an older copy. If you have the note, put it back; or, "
        + "if these are all blocks, or the newer ones are lost, add --accept-rollback once to "
        + "'settle serve' or to a command that writes, such as 'settle transfer' "
        + "(AcceptRollback in .NET); it is recorded");

    /// <summary>
    /// What a person confirmed is in the chain: what showed, or should have shown, what was lost is
    /// kept aside.
    /// </summary>
    /// <param name="word">What it says.</param>
    public void SetAside(BlockRecovery word)
    {
        // A word about the clock alone says nothing about blocks.
        if (word is { Lost: null, SetsClock: true }) return;
        (_missing, Fault) = ([], null);
        _noted = 0;
        Close();
        Try(() =>
        {
            _replaces = true;
            using var held = folder!.TryLock();
            folder.SetAside(word.Lost?.Height ?? state.Height, _isIndexWrong);
        });
    }

    /// <summary>Notes the newest durable block.</summary>
    public void Write()
    {
        if (folder is null || folder.IsReadOnly || NeedsWord || state.Height <= _noted)
            return;
        if (_heightAtStart < 0) _heightAtStart = state.Height;
        if (_foreign != default) SetForeignAside(folder);
        WriteNote(folder);
        if (LastError is null || _hasWarned || state.Height == _heightAtStart) return;
        _hasWarned = true;
        warn?.Invoke($"the newest block cannot be noted in {folder.Files.Path} "
            + $"({LastError.Message}): the ledger goes on, but a file that is put back from an "
            + "older copy may not be noticed, and it opens slowly; make the folder writable");
    }

    private void WriteNote(IndexFolder folder)
    {
        if (_noted == 0 || clock.GetElapsedTime(_looked) > LookPause)
        {
            _looked = clock.GetTimestamp();
            // Another process may have put a new one in its place.
            Reopen(folder);
        }
        if (_file is null) return;
        _noted = state.Height;
        Try(WriteBytes);
    }

    /// <summary>Learns the first block's hash, which tells this chain from others.</summary>
    public async Task LearnFirstAsync(CancellationToken cancellation)
    {
        if (folder is null || folder.IsReadOnly || state.First != BlockHash.None
            || state.Height == 0)
            return;
        state.First = (await blocks.GetAsync(1, cancellation).ConfigureAwait(false)).Header.Hash;
    }

    public void Dispose() => Close();

    // What is beside another ledger's chain says nothing about this one.
    private async ValueTask<bool> IsForeignAsync(KnownTip known, CancellationToken cancellation) =>
        known.Block.Height > 0 && known.First != BlockHash.None
            && await blocks.FindAsync(1, cancellation).ConfigureAwait(false) is { } begin
            && begin.Header.Hash != known.First;

    // Nothing is missing where the chain has what was known.
    private async ValueTask<bool> HasAsync(KnownTip known, CancellationToken cancellation) =>
        known.Block.Height == 0
            || (await blocks.FindAsync(known.Block.Height, cancellation).ConfigureAwait(false))
                ?.Header.Hash == known.Block.Hash;

    private void SayForeign(IndexFolder folder)
    {
        if (_foreign == default) return;
        var height = long.Max(_foreign.Note.Block.Height, _foreign.Index.Block.Height);
        warn?.Invoke(string.Create(CultureInfo.InvariantCulture,
            $"{folder.Files.Path} was made for another ledger than {location}, with {height} ")
            + "blocks: if this is the wrong file, write nothing to it, and put the right one back; "
            + "if it is the right one, go on: with the next block, what is there is kept as "
            + "'lost-...'");
    }

    // Whoever writes to this ledger too may have done so already.
    private void SetForeignAside(IndexFolder folder) => Try(() =>
    {
        using var held = folder.TryLock();
        if (held is null) return;
        var (note, index) = _foreign;
        _foreign = default;
        var isIndex = index != default && KnownTip.Of(folder.ReadManifest()) == index;
        _replaces = note != default && TipFile.Read(folder, out _) == note;
        if (isIndex || _replaces)
            folder.SetAside(long.Max(note.Block.Height, index.Block.Height), isIndex);
    });

    private void Reopen(IndexFolder folder)
    {
        Close();
        Try(() =>
        {
            if (_replaces || !folder.HasNote) Make(folder);
            _file = folder.OpenNote();
        });
    }

    private void Make(IndexFolder folder)
    {
        using var held = folder.TryLock()
            ?? throw new IOException("another program has it, or it cannot be written");
        if (folder.HasNote && !_replaces) return;
        TipFile.Format(_bytes, Newest);
        folder.ReplaceNote(_bytes);
        _replaces = false;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Try(Action write)
    {
        try
        {
            write();
            LastError = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LastError = e; // Looked at again after a pause.
            Close();
        }
    }

    private void WriteBytes()
    {
        TipFile.Format(_bytes, Newest);
        _file!.Position = 0;
        _file.Write(_bytes);
    }

    private KnownTip Newest =>
        new(new LostBlock(state.Height, state.Hash), state.First, state.Recovered);

    // Another process may have had a person's word meanwhile, or somebody put the note back.
    private async ValueTask ReadAgainAsync(IndexFolder folder)
    {
        var note = TipFile.Read(folder, out var fault);
        Fault = fault;
        if (Fault is not null
            || await IsForeignAsync(note, CancellationToken.None).ConfigureAwait(false)
            || await HasAsync(note, CancellationToken.None).ConfigureAwait(false))
            return;
        _missing = [note, .. _missing];
    }
}
