using System.Runtime.CompilerServices;
using Settle.Billing;
using Settle.Sites;

namespace Settle;

/// <summary>
/// The state of one chain: the fold of its entries. Deterministic, single-threaded; whether an
/// entry may be made is for <see cref="Decider"/> to say, the book only applies what was decided.
/// </summary>
/// <remarks>
/// Numbers of accounts, positions and assets follow from the chain alone, because every recorded
/// entry, refused ones too, mentions its accounts in the same order; so any process counts the
/// same.
/// </remarks>
internal sealed partial class Book
{
    public const string World = "@world";

    private static readonly byte[] WorldName = "@world"u8.ToArray();

    private readonly NameTable _names = new();
    private readonly List<AccountNotes> _notes = [];
    private readonly HoldTable _holds = new();

    // What open holds would bring to an account, so that a ceiling counts it.
    private readonly Dictionary<(int Account, ushort Asset), Int128> _heldFor = [];

    // Accounts that have come to exist since the block began.
    private readonly List<int> _newAccounts = [];

    // The time of each block from the first on: eight bytes a block, so that none has to be read to
    // know what a moment includes.
    private readonly List<long> _times = [];

    private AccountState[] _accounts = new AccountState[64];
    private Position[] _positions = new Position[64];
    private long _holdSequence;
    private UndoLog? _undo;

    // The logs of blocks that are not durable yet, oldest first.
    private readonly List<UndoLog> _open = [];

    public Book() => Billing = new BillingBook(Assets);

    public AssetTable Assets { get; } = new();

    /// <summary>Customers, open charges and invoices.</summary>
    public BillingBook Billing { get; }

    /// <summary>The sites that the founder's chain has added; empty in all other chains.</summary>
    public SiteTable Sites { get; set; } = SiteTable.Empty;

    /// <summary>What the entries since the last <see cref="BeginBlock"/> did to accounts.</summary>
    public MovementLog Movements { get; private set; } = new();

    public int AccountCount => _names.Count;

    /// <summary>How many accounts exist: something successful has touched them.</summary>
    public int UsedAccountCount { get; private set; }

    public int PositionCount { get; private set; }

    /// <summary>
    /// Whether accounts must be opened before money moves to or from them.
    /// </summary>
    public bool IsStrict { get; set; }

    /// <summary>How many entries were applied in all.</summary>
    public long EntryCount { get; private set; }

    /// <summary>The time of the block being applied, microseconds since 1970.</summary>
    public long Time => _times.Count > 0 ? _times[^1] : 0;

    public int OpenHoldCount => _holds.Count;

    public IEnumerable<OpenHold> OpenHolds => _holds.All;

    public long HoldSequence => _holdSequence;

    public string AccountName(int account) => _names.Text(account);

    public ReadOnlySpan<byte> AccountNameBytes(int account) => _names[account];

    public int FindAccount(ReadOnlySpan<byte> name) => _names.Find(name);

    public ref readonly AccountState Account(int account) => ref _accounts[account];

    public ref readonly Position Position(int position) => ref _positions[position];

    public AccountNotes? Notes(int account) =>
        _accounts[account].Notes < 0 ? null : _notes[_accounts[account].Notes];

    /// <summary>Minor units: what open holds would bring to an account if they are captured.
    /// </summary>
    public Int128 HeldFor(in Position position) =>
        _heldFor.Count == 0 ? 0
        : _heldFor.GetValueOrDefault((position.Account, position.Asset));

    /// <summary>Whether an account was opened by name, or money moved to or from it.</summary>
    public bool Exists(int account) => _accounts[account].IsOpened || IsUsed(account);

    public bool IsWorld(int account) => _names[account].SequenceEqual(WorldName);

    /// <summary>The accounts that came to exist after there were so many, oldest first.</summary>
    public IEnumerable<int> NewAccounts(int usedAccountsBefore) =>
        _newAccounts.TakeLast(UsedAccountCount - usedAccountsBefore);

    public OpenHold? FindHold(ReadOnlySpan<byte> id) =>
        _holds.Count > 0 ? _holds.Find(Encoding.UTF8.GetString(id)) : null;

    /// <summary>
    /// Begins a block: frees what has expired by its time. With a log, the block can be taken back,
    /// together with those that were begun with the same log right before.
    /// Its time may lie before the newest block's only if a person set the clock.
    /// </summary>
    public void BeginBlock(long height, long time, MovementLog movements, UndoLog? undo,
        BlockRecovery? recovery = null)
    {
        var before = Time;
        if (time < before && recovery is not { SetsClock: true })
            throw new BrokenInvariantException($"time of block {height} goes back");
        Movements = movements;
        movements.Clear();
        _undo = undo;
        var isNew = undo is not null && (_open.Count == 0 || _open[^1] != undo);
        if (isNew) Open(undo!);
        if (undo is not null) undo.Blocks++;
        _newAccounts.Clear();
        Billing.BeginBlock(height, isNew);
        var start = new EntryLocation(height, 0);
        if (time < before) SetClockBack(time, start, recovery!.ReopensHolds);
        _doubt = recovery is { SetsClock: true } ? default : _doubt.After(before, time);
        _times.Add(time);
        EndHolds(before, time, start);
    }

    /// <summary>Takes back the newest block that was begun with this log.</summary>
    public void Undo(UndoLog log)
    {
        if (_open.Count == 0 || _open[^1] != log)
            throw new BrokenInvariantException("blocks are taken back newest first");
        _undo = null;
        Billing.Undo();
        _times.RemoveRange(_times.Count - log.Blocks, log.Blocks);
        foreach (var hold in log.HoldsOpened)
            if (_holds.Find(hold.Id) == hold) Forget(hold);
        foreach (var hold in log.HoldsClosed)
        {
            if (hold.Sequence <= log.HoldSequenceBefore
                && !(log.SetsClock && log.HoldsOpened.Contains(hold)))
                Remember(hold);
        }
        if (log.SetsClock) log.RestoreClock(_times, out _endedByJump);
        _doubt = log.DoubtBefore;
        _doubt.Forget();
        for (var i = log.Positions.Length - 1; i >= 0; i--)
            _positions[log.Positions[i].Number] = log.Positions[i].Before;
        for (var i = log.Accounts.Count - 1; i >= 0; i--)
        {
            ref var account = ref _accounts[log.Accounts[i].Number];
            account = log.Accounts[i].Before with { FirstPosition = account.FirstPosition };
        }
        Truncate(log.AccountsBefore, log.PositionsBefore, log.AssetsBefore);
        _notes.RemoveRange(log.NotesBefore, _notes.Count - log.NotesBefore);
        (_holdSequence, EntryCount, UsedAccountCount) =
            (log.HoldSequenceBefore, log.EntriesBefore, log.UsedAccountsBefore);
        (IsStrict, Sites, Clock) = (log.IsStrictBefore, log.SitesBefore, log.ClockBefore);
        _open.RemoveAt(_open.Count - 1);
        log.Clear();
    }

    private void Open(UndoLog undo)
    {
        _open.Add(undo);
        undo.Start(AccountCount, PositionCount, Assets.Count, _notes.Count, _holdSequence,
            EntryCount, UsedAccountCount);
        (undo.IsStrictBefore, undo.SitesBefore, undo.DoubtBefore) = (IsStrict, Sites, _doubt);
        undo.ClockBefore = Clock;
    }

    private void Truncate(int accounts, int positions, int assets)
    {
        while (PositionCount > positions)
        {
            ref var position = ref _positions[--PositionCount];
            _accounts[position.Account].FirstPosition = position.Next;
        }
        _names.Truncate(accounts);
        Assets.Truncate(assets);
    }

    /// <summary>The oldest open block is durable: readers may see it.</summary>
    public void Commit(UndoLog log)
    {
        if (_open.Count == 0 || _open[0] != log)
            throw new BrokenInvariantException("blocks become durable oldest first");
        _open.RemoveAt(0);
        Billing.Commit();
        log.Clear();
    }

    /// <summary>
    /// Finds the positions that an entry is about, numbering accounts, positions and ISO assets
    /// that are new. Every recorded entry goes through here once, before it is checked or applied.
    /// </summary>
    public void Resolve(RequestBatch batch, ref Request entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Transfer when entry.FromHash != 0:
                var transferAsset = FindAsset(batch.Bytes(entry.Asset));
                var from = MentionAccount(batch.Bytes(entry.From), entry.FromHash);
                var to = MentionAccount(batch.Bytes(entry.To), entry.ToHash);
                entry.FromPosition = transferAsset < 0 ? -1 : MentionPosition(from, transferAsset);
                entry.ToPosition = transferAsset < 0 ? -1 : MentionPosition(to, transferAsset);
                break;
            case EntryKind.Transfer:
            case EntryKind.Hold:
                Resolve(batch, entry.Asset, entry.From, entry.To, ref entry.FromPosition,
                    ref entry.ToPosition);
                break;
            case EntryKind.Capture or EntryKind.Void when !entry.From.IsEmpty:
            case EntryKind.Revert when !entry.From.IsEmpty:
                Resolve(batch, entry.Asset, entry.From, entry.To, ref entry.FromPosition,
                    ref entry.ToPosition);
                break;
            case EntryKind.Transaction or EntryKind.Revert:
                ResolvePostings(batch, entry);
                break;
            case EntryKind.Invoice or EntryKind.CreditNote or EntryKind.Payment
                or EntryKind.Refund or EntryKind.Chargeback or EntryKind.Opening
                or EntryKind.Reminder
                when entry.ExtraCount > 0:
                ResolvePostings(batch, entry);
                break;
            case EntryKind.Customer or EntryKind.Charge or EntryKind.Subscription
                or EntryKind.Payment or EntryKind.Refund or EntryKind.Opening:
                entry.FromPosition = FindAsset(batch.Bytes(entry.Asset));
                break;
            case EntryKind.Account or EntryKind.Ask or EntryKind.Grant:
                var asset = FindAsset(batch.Bytes(entry.Asset));
                var account = MentionAccount(batch.Bytes(entry.From));
                entry.FromPosition = asset < 0 ? -1 : MentionPosition(account, asset);
                break;
            default:
                break;
        }
    }

    private void ResolvePostings(RequestBatch batch, in Request entry)
    {
        foreach (ref var posting in batch.Postings(entry))
        {
            Resolve(batch, posting.Asset, posting.From, posting.To, ref posting.FromPosition,
                ref posting.ToPosition);
        }
    }

    private void Resolve(RequestBatch batch, Slice assetCode, Slice fromName, Slice toName,
        ref int fromPosition, ref int toPosition)
    {
        var asset = FindAsset(batch.Bytes(assetCode));
        var from = MentionAccount(batch.Bytes(fromName));
        var to = MentionAccount(batch.Bytes(toName));
        fromPosition = asset < 0 ? -1 : MentionPosition(from, asset);
        toPosition = asset < 0 ? -1 : MentionPosition(to, asset);
    }

    /// <summary>
    /// Leaves out the asset where it is the default one, so that equal requests look equal.
    /// </summary>
    public void Normalize(RequestBatch batch, ref Request request)
    {
        if (request.Kind is EntryKind.Ledger or EntryKind.Asset) return;
        if (IsDefaultAsset(batch.Bytes(request.Asset)))
            (request.AssetGiven, request.Asset) = (request.Asset, default);
        if (request.Kind != EntryKind.Transaction) return;
        foreach (ref var posting in batch.Postings(request))
        {
            if (IsDefaultAsset(batch.Bytes(posting.Asset)))
                (posting.AssetGiven, posting.Asset) = (posting.Asset, default);
        }
    }

    private bool IsDefaultAsset(ReadOnlySpan<byte> code) => !code.IsEmpty && Assets.Find(code) == 0;

    /// <summary>
    /// The number of an asset, which for a currency of ISO 4217 begins with its first use; -1 when
    /// nobody declared it.
    /// </summary>
    public int FindAsset(ReadOnlySpan<byte> code)
    {
        var number = Assets.Find(code);
        if (number >= 0 || code.IsEmpty) return number;
        return Iso4217.TryGetScale(Encoding.UTF8.GetString(code), Time, out var scale)
            ? Assets.Add(code, scale)
            : -1;
    }

    /// <summary>
    /// Fetches what a transfer will need first; the rest follows with <see cref="Warm"/>.
    /// </summary>
    public void Prefetch(in Request transfer)
    {
        if (transfer.FromHash == 0) return;
        _names.PrefetchSlot(transfer.FromHash);
        _names.PrefetchSlot(transfer.ToHash);
    }

    /// <summary>
    /// Fetches the lines that a transfer will need soon, so that their misses overlap. Most
    /// accounts have one asset, and then the position's number is the account's: a wrong guess
    /// costs nothing.
    /// </summary>
    public void Warm(in Request transfer)
    {
        if (transfer.FromHash == 0) return;
        foreach (var hash in (ReadOnlySpan<ulong>)[transfer.FromHash, transfer.ToHash])
        {
            var number = _names.Guess(hash);
            if (number < 0) continue;
            _names.PrefetchName(number);
            Settle.Prefetch.Line(ref _accounts[number]);
            if (number < PositionCount) Settle.Prefetch.Line(ref _positions[number]);
        }
    }

    private int MentionAccount(ReadOnlySpan<byte> name) => MentionAccount(name, KeyHash.Of(name));

    private int MentionAccount(ReadOnlySpan<byte> name, ulong hash)
    {
        var known = _names.Count;
        var number = _names.FindOrAdd(name, hash);
        if (number < known) return number;
        if (number == _accounts.Length) Array.Resize(ref _accounts, number * 2);
        _accounts[number] = new AccountState { FirstPosition = -1, Notes = -1 };
        return number;
    }

    /// <summary>The position of an account in an asset; -1 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindPosition(int account, int asset)
    {
        var number = _accounts[account].FirstPosition;
        while (number >= 0 && _positions[number].Asset != asset) number = _positions[number].Next;
        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int MentionPosition(int account, int asset)
    {
        var number = FindPosition(account, asset);
        return number >= 0 ? number : AddPosition(account, asset);
    }

    private int AddPosition(int account, int asset)
    {
        if (PositionCount == _positions.Length) Array.Resize(ref _positions, PositionCount * 2);
        _positions[PositionCount] = new Position
        {
            Account = account,
            Asset = (ushort)asset,
            Next = _accounts[account].FirstPosition,
            Floor = FirstFloor(account),
            Ceiling = Settle.Position.NoCeiling,
            Billings = BillingAccounts.Since(_names[account]),
        };
        _accounts[account].FirstPosition = PositionCount;
        return PositionCount++;
    }
}
