using System.Buffers;
using System.Buffers.Text;
using Settle.Index;

namespace Settle.State;

/// <summary>
/// A note beside the index: the newest block that was ever known here. It finds out that a file was
/// put back from an older copy, or a database restored, and that ids would be decided twice.
/// Nothing waits for the disk: the note is never ahead of the chain, and what a power cut takes
/// from it is only missed.
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
    private const int SumLength = 8;
    private const int NoteBytes = SumLength + 1 + 20 + 1 + BlockHash.TextLength + 1
        + BlockHash.TextLength + 1 + 20 + 1 + BlockHash.TextLength + 1;
    private const int HashAt = 21;
    private const int FirstAt = HashAt + BlockHash.TextLength + 1;
    private const int RecoveredAt = FirstAt + BlockHash.TextLength + 1;

    // A store that is late may be late again, and the alarm would be false.
    private const int LooksMax = 5;

    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly byte[] _bytes = new byte[NoteBytes];
    // What was known and is not in the chain, the newest first.
    private volatile KnownTip[] _missing = [];
    private Stream? _file;
    private long _noted;
    private long _looked;
    private bool _isIndexWrong;
    // What lies there of another ledger, whose file was perhaps replaced.
    private (KnownTip Note, KnownTip Index) _foreign;
    private long _heightAtStart = -1;
    private bool _hasWarned;

    /// <summary>
    /// The newest block that was known here, if the chain does not have it; null when it has.
    /// </summary>
    public LostBlock? Missing => _missing is [var newest, ..] ? newest.Block : null;

    /// <summary>What went wrong with the note last; the ledger goes on without.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Compares the chain with what was known of it.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (folder is null || !folder.Files.Exists) return;
        var note = Read(folder, out var error);
        LastError = error;
        var index = KnownTip.Of(folder.ReadManifest());
        // Each is as good as the other; the note is mostly newer.
        if (await IsForeignAsync(note, cancellation).ConfigureAwait(false))
            (_foreign.Note, note) = (note, default);
        if (await IsForeignAsync(index, cancellation).ConfigureAwait(false))
            (_foreign.Index, index) = (index, default);
        SayForeign(folder);
        KnownTip[] known = index.Block.Height > note.Block.Height ? [index, note] : [note, index];
        if (await HasAsync(known[0], cancellation).ConfigureAwait(false)) return;
        _missing = await HasAsync(known[1], cancellation).ConfigureAwait(false)
            ? known[..1] : known;
        _isIndexWrong = _missing.Contains(index);
    }

    /// <summary>
    /// Whether what was missing is there after all, because a store may be late, or was given up by
    /// a person, who confirmed it in the chain.
    /// </summary>
    public async ValueTask LookAgainAsync()
    {
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

    /// <summary>What to say while blocks are missing.</summary>
    public StoreCorruptException Rollback()
    {
        var missing = Missing!.Value;
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

    /// <summary>What is lost was confirmed in the chain: what showed it is kept aside.</summary>
    public void SetAside(LostBlock lost)
    {
        _missing = [];
        _noted = 0;
        Close();
        Try(() =>
        {
            using var held = folder!.TryLock();
            folder.SetAside(lost.Height, _isIndexWrong);
        });
    }

    /// <summary>Notes the newest durable block.</summary>
    public void Write()
    {
        if (folder is null || folder.IsReadOnly || Missing is not null || state.Height <= _noted)
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
            if (_file is null || !folder.HasNote) Reopen(folder);
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
        if (isIndex || (note != default && Read(folder, out _) == note))
            folder.SetAside(long.Max(note.Block.Height, index.Block.Height), isIndex);
    });

    private void Reopen(IndexFolder folder)
    {
        Close();
        Try(() => _file = folder.OpenNote());
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
        Format(_bytes, new KnownTip(
            new LostBlock(state.Height, state.Hash), state.First, state.Recovered));
        _file!.Position = 0;
        _file.Write(_bytes);
    }

    private static void Format(Span<byte> bytes, in KnownTip tip)
    {
        bytes.Fill((byte)' ');
        var body = bytes[(SumLength + 1)..];
        Utf8Formatter.TryFormat(tip.Block.Height, body, out _);
        tip.Block.Hash.WriteHex(body[HashAt..]);
        tip.First.WriteHex(body[FirstAt..]);
        Utf8Formatter.TryFormat(tip.Recovered.Height, body[RecoveredAt..], out _);
        tip.Recovered.Hash.WriteHex(body[(RecoveredAt + HashAt)..]);
        bytes[^1] = (byte)'\n';
        Utf8Formatter.TryFormat(Checksum.Of(body), bytes, out _, new StandardFormat('x', 8));
    }

    /// <summary>Notes a block of a chain that is not open.</summary>
    /// <exception cref="StoreUnavailableException">The note cannot be written.</exception>
    public static void Write(IndexFolder folder, in KnownTip tip)
    {
        Span<byte> bytes = stackalloc byte[NoteBytes];
        Format(bytes, tip);
        try
        {
            using var file = folder.OpenNote();
            file.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{folder.Files.Path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The newest block that an index's folder knows; 0 for none.</summary>
    public static long HeightIn(IndexFolder folder) => folder.Files.Exists
        ? long.Max(folder.ReadManifest().Height, Read(folder, out _).Block.Height) : 0;

    private static KnownTip Read(IndexFolder folder, out Exception? error)
    {
        error = null;
        try
        {
            var bytes = folder.ReadNote();
            if (bytes.Length != NoteBytes) return default;
            var body = bytes.AsSpan(SumLength + 1);
            if (!Utf8Parser.TryParse(bytes, out uint sum, out _, 'x') || sum != Checksum.Of(body)
                || !TryRead(body, out var height, out var hash)
                || !BlockHash.TryParse(body.Slice(FirstAt, BlockHash.TextLength), out var first)
                || !TryRead(body[RecoveredAt..], out var recovered, out var recoveredHash))
                return default;
            return new KnownTip(new LostBlock(height, hash), first, (recovered, recoveredHash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = e;
            return default;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out long height, out BlockHash hash)
    {
        hash = BlockHash.None;
        return Utf8Parser.TryParse(text, out height, out _)
            && BlockHash.TryParse(text.Slice(HashAt, BlockHash.TextLength), out hash);
    }
}
