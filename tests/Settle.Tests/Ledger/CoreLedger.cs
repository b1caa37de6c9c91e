using System.Text;
using Settle.Chain;

namespace Settle.Tests.Rules;

/// <summary>
/// The rules without a store, a loop or an index: decides requests into blocks and remembers them, so
/// that a test sees every step and can take blocks back.
/// </summary>
internal sealed class CoreLedger : IHistory
{
    private readonly List<(ulong Mark, string Id, RecalledEntry Entry)> _known = [];
    private readonly Dictionary<(ulong Mark, string Id), RecalledEntry> _byKey = [];
    private readonly List<(UndoLog Log, int Known)> _open = [];
    private readonly UndoLog[] _logs = [new(0), new(1), new(2), new(3)];
    private BlockBuilder _builder = new();
    private MovementLog _movements = new();
    private Decider _decider;

    public CoreLedger(Book? book = null)
    {
        Book = book ?? new Book();
        _decider = new Decider(Book, this);
    }

    public Book Book { get; private set; }

    public List<CoreBlock> Blocks { get; } = [];

    /// <summary>Begins a block. Blocks stay open, to be taken back, until they are committed.</summary>
    public void Begin(long time, int version = BlockHeader.CurrentVersion)
    {
        if (_open.Count == 3) Commit();
        var slot = Enumerable.Range(0, 4).First(slot => _open.All(open => open.Log != _logs[slot]));
        _open.Add((_logs[slot], _known.Count));
        _movements = new MovementLog();
        _builder = new BlockBuilder();
        _builder.Begin(new LedgerOptions().Site, Blocks.Count + 1, version);
        _decider.Version = version;
        Book.BeginBlock(Blocks.Count + 1, time, _movements, _logs[slot]);
    }

    /// <summary>Decides the one request of a batch.</summary>
    public Decided Settle(RequestBatch batch)
    {
        ref var request = ref batch[0];
        Book.Normalize(batch, ref request);
        if (FindEntry(batch.Bytes(request.Id)) is { } prior)
        {
            var field = EntryMembers.DifferingField(batch, ref request, prior.Batch, ref prior.Entry);
            return field is null
                ? new Decided(prior.Entry.Refusal, Replayed: true)
                : new Decided(RefusalCode.IdReused, Field: field);
        }
        Book.Resolve(batch, ref request);
        if (_decider.Decide(batch, ref request) == RefusalCode.NothingToInvoice)
            return new Decided(RefusalCode.NothingToInvoice);
        var location = _builder.NextLocation;
        _builder.Append(batch, request);
        Book.Apply(batch, request, location);
        Remember(location);
        return new Decided(request.Refusal);
    }

    public CoreBlock End()
    {
        var prev = Blocks.Count == 0 ? BlockHash.None : Blocks[^1].Document.Header.Hash;
        _builder.Seal(new LedgerOptions().Site, prev, Book.Time, "test");
        Blocks.Add(new CoreBlock(BlockDocument.Parse(_builder.Id, _builder.Body, true), _movements));
        return Blocks[^1];
    }

    /// <summary>Takes the newest block back.</summary>
    public void Undo()
    {
        var (log, known) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        Book.Undo(log);
        foreach (var (mark, id, _) in _known.Skip(known)) _byKey.Remove((mark, id));
        _known.RemoveRange(known, _known.Count - known);
        // Several reverts can be of one transfer: the newest that is left counts.
        foreach (var (mark, id, entry) in _known) _byKey[(mark, id)] = entry;
        Blocks.RemoveAt(Blocks.Count - 1);
    }

    /// <summary>The oldest open block can no longer be taken back.</summary>
    public void Commit()
    {
        Book.Commit(_open[0].Log);
        _open.RemoveAt(0);
    }

    /// <summary>Applies a block that another ledger decided.</summary>
    public void Apply(BlockDocument block)
    {
        _movements = new MovementLog();
        Book.BeginBlock(block.Header.Height, block.Header.Time, _movements, undo: null);
        var batch = new RequestBatch();
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            batch.Clear();
            var location = new EntryLocation(block.Header.Height, at);
            at += EntryReader.Read(block.Body.Span[at..], batch);
            Book.Resolve(batch, ref batch[0]);
            Book.Apply(batch, batch[0], location);
        }
        Blocks.Add(new CoreBlock(block, _movements));
    }

    /// <summary>Goes on with a book that was saved and loaded.</summary>
    public void Replace(Book book)
    {
        while (_open.Count > 0) Commit();
        Book = book;
        _decider = new Decider(book, this);
    }

    /// <summary>What a request would see: balance and available, zeros when there is none.</summary>
    public (Int128 Balance, Int128 Available) Balance(string account, string asset)
    {
        var number = Book.FindAccount(Encoding.UTF8.GetBytes(account));
        for (var at = number < 0 ? -1 : Book.Account(number).FirstPosition; at >= 0; at = Book.Position(at).Next)
        {
            ref readonly var position = ref Book.Position(at);
            if (Book.Assets[position.Asset].Code == asset) return (position.Balance, position.Available);
        }
        return (0, 0);
    }

    public RecalledEntry? FindEntry(ReadOnlySpan<byte> id) => Find(0, id);

    public RecalledEntry? FindResolution(ReadOnlySpan<byte> holdId) => Find(KeyHash.Resolution, holdId);

    public RecalledEntry? FindReversal(ReadOnlySpan<byte> transferId) => Find(KeyHash.Reversal, transferId);

    public RecalledEntry? FindInvoice(ReadOnlySpan<byte> number) => Find(KeyHash.Number, number);

    private RecalledEntry? Find(ulong mark, ReadOnlySpan<byte> id) =>
        _byKey.GetValueOrDefault((mark, Encoding.UTF8.GetString(id)));

    private void Remember(EntryLocation location)
    {
        var batch = new RequestBatch();
        EntryReader.Read(_builder.Body.Span[location.Offset..], batch);
        var recalled = new RecalledEntry(batch, location.Height) { Location = location };
        Add(0, batch.Text(batch[0].Id), recalled);
        if (batch[0].Refusal != RefusalCode.None) return;
        if (batch[0].Kind is EntryKind.Capture or EntryKind.Void)
            Add(KeyHash.Resolution, batch.Text(batch[0].Reference), recalled);
        if (batch[0].Kind is EntryKind.Invoice or EntryKind.CreditNote)
            Add(KeyHash.Number, batch.Text(batch.Billing(batch[0]).Number), recalled);
        if (batch[0].Kind is EntryKind.Revert)
            Add(KeyHash.Reversal, batch.Text(batch[0].Reference), recalled);
    }

    private void Add(ulong mark, string id, RecalledEntry entry)
    {
        _known.Add((mark, id, entry));
        _byKey[(mark, id)] = entry;
    }
}
