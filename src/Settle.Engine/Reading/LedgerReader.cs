using Settle.Index;
using Settle.Settling;
using Settle.State;
using Settle.Views;

namespace Settle.Reading;

/// <summary>
/// Reads what is durable: the state under its lock, and entries in their blocks. The one way to
/// both for everybody who only reads.
/// </summary>
internal sealed class LedgerReader(
    LedgerState state, BlockCache blocks, Settler settler, TimeProvider clock)
{
    /// <summary>How many rows are read while settling waits.</summary>
    public const int SliceRows = 512;

    private const int ChainDigits = 8;

    public LedgerState State => state;

    public BlockCache Blocks => blocks;

    /// <summary>Accounts, for callers that hold the state's lock.</summary>
    public AccountReader Accounts => field ??= new(state, Work, clock);

    /// <summary>What it has cost so far.</summary>
    public ReadWork Work { get; } = new();

    public LedgerAssets Assets => state.Assets;

    public string DefaultAsset => state.Assets.Default.Code;

    /// <summary>Microseconds since 1970.</summary>
    public long Now => ChainTime.From(clock.GetUtcNow());

    /// <summary>Waits until the state has every block that is durable now.</summary>
    public Task RefreshAsync() => settler.RefreshAsync();

    /// <summary>
    /// Looks for a height that somebody names: another server may have it already.
    /// </summary>
    public Task ReachAsync(AsOf at, CancellationToken cancellation) =>
        at.Height > state.Height ? RefreshAsync().WaitAsync(cancellation) : Task.CompletedTask;

    /// <summary>
    /// Reads the state under its lock. While it is being rebuilt it is not whole, so that is
    /// waited for; damage to the index is healed first.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                lock (state.Lock)
                {
                    Work.Begin();
                    if (!state.IsHealing) return read();
                }
                await settler.RefreshAsync().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (IndexDamagedException)
            {
                await settler.HealAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Where a person set the clock back: it says the day of blocks.</summary>
    public Task<ClockCorrections> ClockAsync(CancellationToken cancellation) =>
        ReadAsync(() => state.Book.DurableClock, cancellation);

    /// <summary>
    /// Reads many rows by and by, so that settling never waits long: each slice under the lock.
    /// </summary>
    /// <param name="from">The first row.</param>
    /// <param name="to">The end of the rows.</param>
    /// <param name="sliceRows">How many are read at once, at most.</param>
    /// <param name="read">Reads from one row to another; false when it has enough.</param>
    /// <param name="cancellation">Ends it between two slices.</param>
    public async Task ReadSlicesAsync(int from, int to, int sliceRows, Func<int, int, bool> read,
        CancellationToken cancellation)
    {
        for (var at = from; at < to; at += sliceRows)
        {
            var (first, end) = (at, int.Min(to, at + sliceRows));
            if (!await ReadAsync(() => read(first, end), cancellation).ConfigureAwait(false))
                return;
            // Whoever reads slice after slice would have the lock again before settling wakes up.
            Thread.Yield();
        }
    }

    /// <summary>The entry that was decided under an id; null when there is none.</summary>
    public Task<RecalledEntry?> RecallAsync(string id, CancellationToken cancellation) =>
        RecallAsync(0, id, cancellation);

    /// <summary>The entry that another site has decided under an id; null for none.</summary>
    public ValueTask<RecalledEntry?> RecallElsewhereAsync(
        string id, CancellationToken cancellation) =>
        History.FindElsewhereAsync(state, id, cancellation);

    /// <summary>
    /// The block in which another site has decided an id, and where in it; null for none.
    /// </summary>
    public ValueTask<(BlockDocument Block, int Offset)?> FindBlockElsewhereAsync(
        string id, CancellationToken cancellation) =>
        History.FindBlockElsewhereAsync(state, id, cancellation);

    /// <summary>The entry that a key stands for: see <see cref="KeyHash"/>.</summary>
    public async Task<RecalledEntry?> RecallAsync(
        ulong mark, string id, CancellationToken cancellation)
    {
        var hash = KeyHash.Of(Encoding.UTF8.GetBytes(Texts.Given("id", id)), mark);
        var candidates = await ReadAsync(
            () => state.Index.FindIds(hash, state.Height), cancellation).ConfigureAwait(false);
        return await History.FindAmongAsync(blocks, candidates, mark, id, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>The entries that a key stands for, oldest first.</summary>
    public async Task<List<RecalledEntry>> RecallAllAsync(
        ulong mark, string id, CancellationToken cancellation)
    {
        var hash = KeyHash.Of(Encoding.UTF8.GetBytes(id), mark);
        var candidates = await ReadAsync(() => state.Index.MayKnow(hash)
            ? state.Index.FindIds(hash, state.Height) : null, cancellation).ConfigureAwait(false);
        var found = new List<RecalledEntry>();
        await foreach (var entry in History.AllAmongAsync(
            blocks, candidates, mark, id, cancellation).ConfigureAwait(false))
            found.Insert(0, entry);
        return found;
    }

    /// <summary>
    /// What the entry at a place was refused for: what was short, or the account that was in the
    /// way; null where its code says all.
    /// </summary>
    public async Task<object?> ExplainAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        var entry = await ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        if (entry.Entry.Refusal == RefusalCode.ExceedsTransfer)
            return await ExcessAsync(entry, cancellation).ConfigureAwait(false);
        return await ReadAsync<object?>(
            () => entry.Entry.Refusal == RefusalCode.InsufficientFunds
                ? Accounts.Shortage(entry) is { } shortage
                    ? EntryViews.Shortfall(state.Book, shortage) : null
                : Accounts.Obstacle(entry) is { } obstacle
                    ? EntryViews.RefusedAccount(state.Book, obstacle) : null, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<RevertExcess?> ExcessAsync(
        RecalledEntry revert, CancellationToken cancellation)
    {
        var id = revert.Batch.Text(revert.Entry.Reference);
        if (await RecallAsync(id, cancellation).ConfigureAwait(false) is not { } original)
            return null;
        var reverts = await RecallAllAsync(KeyHash.Reversal, id, cancellation)
            .ConfigureAwait(false);
        return EntryViews.Excess(revert.Entry.Amount, original,
            reverts.FindLast(each => each.Location.Packed < revert.Location.Packed), Assets);
    }

    /// <summary>
    /// What an entry was refused for, as its answer said; null for a success, and where other
    /// sites may have had a part in it.
    /// </summary>
    public async Task<RefusalFacts?> FactsAsync(
        RecalledEntry found, CancellationToken cancellation) =>
        found.Entry.Refusal == RefusalCode.None || state.Sites is { HasSites: true } ? null
            : RefusalFacts.Of(
                await ExplainAsync(found.Location, cancellation).ConfigureAwait(false));

    /// <summary>A cursor of this ledger's, as text.</summary>
    public string Encode(PageCursor cursor) => (cursor with { Chain = Chain }).Encode();

    /// <summary>The cursor that a page of a list of this ledger's ended with.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is not one, or one of another list or ledger.
    /// </exception>
    public PageCursor Decode(string text, string list)
    {
        var cursor = PageCursor.Decode(text, list);
        return cursor.Chain == Chain ? cursor
            : throw new InvalidRequestException("after", "is the 'next' of another ledger's list");
    }

    private string? Chain
    {
        get
        {
            lock (state.Lock)
                return state.First == BlockHash.None ? null : state.First.ToString()[..ChainDigits];
        }
    }

    /// <summary>Whether there is an account of this name.</summary>
    public bool KnowsAccount(ReadOnlySpan<byte> name)
    {
        lock (state.Lock)
            return Accounts.Find(name) is var number and >= 0 && state.Book.Exists(number);
    }

    /// <summary>Which of some ids may have been decided; the others were not.</summary>
    public Task<bool[]> MayKnowAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        var keys = ids.Select(id => KeyHash.Of(Encoding.UTF8.GetBytes(id))).ToArray();
        return ReadAsync(() => Array.ConvertAll(keys, state.Index.MayKnow), cancellation);
    }

    /// <summary>The entry that begins at a place.</summary>
    public async ValueTask<RecalledEntry> ReadEntryAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        var block = await blocks.GetAsync(location.Height, cancellation).ConfigureAwait(false);
        return BlockEntries.Read(block, location.Offset);
    }

    /// <summary>
    /// What entries did to an account or wanted to, newest first, from a place back to another.
    /// </summary>
    public async Task<List<Movement>> MovementsAsync(string account, EntryLocation before,
        int limit, Func<Movement, bool> filter, CancellationToken cancellation,
        EntryLocation since = default)
    {
        var name = Encoding.UTF8.GetBytes(Texts.Given("account", account));
        var (found, rows) = (new List<Movement>(), int.Min(limit, SliceRows));
        while (true)
        {
            var slice = await ReadAsync(() => SliceOf(name, before, rows), cancellation)
                .ConfigureAwait(false);
            foreach (var row in slice.Where(filter))
            {
                if (row.Location.Packed < since.Packed) return found;
                found.Add(row);
                if (found.Count == limit) return found;
            }
            if (slice.Count < rows || slice[^1].Location.Packed < since.Packed) return found;
            before = slice[^1].Location;
        }
    }

    // Rows of one place belong together: a slice ends where the place changes.
    private List<Movement> SliceOf(byte[] account, EntryLocation before, int rows)
    {
        var slice = new List<Movement>(rows);
        if (Accounts.Find(account) is not (var number and >= 0)) return slice;
        foreach (var row in Accounts.Movements(number, before))
        {
            if (slice.Count >= rows && row.Location != slice[^1].Location) break;
            slice.Add(row);
            Work.Add();
        }
        return slice;
    }
}
