using Settle.Chains;
using Settle.Index;
using Settle.Scheduling;
using Settle.Settling;
using Settle.State;
using Settle.Stores;

namespace Settle.Verification;

/// <summary>
/// Makes every block again from the requests that its entries record, on a state of its own, and
/// compares. Once a block is damaged the state cannot be trusted, so later blocks are checked for
/// their hash and link only.
/// </summary>
internal sealed class ChainVerifier : IAsyncDisposable
{
    private const int ReadBlocks = 8;
    private const int FaultsMax = 1000;

    private readonly IStore _store;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly LedgerState _state;
    private readonly BlockCache _blocks;
    private readonly History _history;
    private readonly Scheduler _scheduler = new();
    private readonly IndexKeeper _keeper;
    private readonly Decider _decider;
    private readonly Draft _draft = new(0);
    private readonly Job _job = new(1024, 64 * 1024);
    private readonly RequestBatch _batch;
    private readonly List<VerificationFault> _faults = [];
    private readonly List<ChainRecovery> _recoveries = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("settle-verify-").FullName;
    private BlockHash _prev;
    private long _time;
    private bool _isFolding = true;

    /// <param name="store">Has the chain, and copies of the others.</param>
    /// <param name="site">Whose chain it is.</param>
    /// <param name="progress">Told after every block; may be null.</param>
    /// <param name="hasSites">Whether other sites' chains count.</param>
    public ChainVerifier(
        IStore store, string site, IProgress<WorkProgress>? progress, bool hasSites = false)
    {
        (_store, _state, _progress) = (store, new LedgerState(site)
        {
            Copies = store.KeepsCopies ? new SiteCopies(store, site) : null,
        }, progress);
        if (hasSites) _state.StartWithSites();
        _blocks = new BlockCache(store, _state.Site);
        _history = new History(_state, _blocks);
        _batch = _job.Batch;
        _keeper = new IndexKeeper(_state, _blocks, new IndexFolder(new DiskFolder(_folder)),
            note: null, new IndexSizes(), _scheduler);
        _decider = new Decider(_state.Book, _history) { Others = _state.Sites };
    }

    /// <summary>All chains as this one has read them; null where it has read none.</summary>
    public SiteLedger? Sites => _state.Sites;

    /// <summary>Whether sites were added, and their chains were left out.</summary>
    public bool MissesSites => _state.MustFoldSites;

    public async Task<VerificationReport> RunAsync(CancellationToken cancellation)
    {
        var heightMax = _progress is null
            ? 0 : await ChainTip.FindAsync(_store, _state.Site, cancellation).ConfigureAwait(false);
        var height = 0L;
        // A file holds blocks and nothing else; in a database there may be other documents.
        var next = _store.KeepsBytes ? "" : BlockId.Format(_state.Site, 1);
        var last = _store.KeepsBytes
            ? "\U0010FFFF" : BlockId.Format(_state.Site, BlockId.HeightMax);
        while (_faults.Count < FaultsMax)
        {
            IReadOnlyList<Document> documents;
            try
            {
                documents = await _store.ReadAsync(next, last, ReadBlocks, cancellation)
                    .ConfigureAwait(false);
            }
            catch (StoreCorruptException e)
            {
                var reached = await PassDamageAsync(height, e, cancellation).ConfigureAwait(false);
                if (reached == height) break;
                (height, next) = (reached, BlockId.Format(_state.Site, reached) + "\0");
                continue;
            }
            foreach (var document in documents)
            {
                cancellation.ThrowIfCancellationRequested();
                height = await CheckAsync(document, height, cancellation).ConfigureAwait(false);
                _progress?.Report(new WorkProgress(height, heightMax));
            }
            if (documents.Count < ReadBlocks) break;
            next = documents[^1].Id + "\0";
        }
        CheckTotals();
        return new VerificationReport
        {
            Blocks = height,
            Entries = _state.Book.EntryCount,
            Accounts = _state.Book.DurableUsedAccountCount,
            Faults = _faults,
            Recoveries = _recoveries,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync().ConfigureAwait(false);
        _scheduler.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Where the store itself is damaged: goes on block by block until the damaged ones are behind.
    /// The height it has reached; the same when nothing that follows can be read either.
    /// </summary>
    private async Task<long> PassDamageAsync(
        long height, StoreCorruptException error, CancellationToken cancellation)
    {
        var unreadable = new List<(long Height, string Message)>();
        for (var next = height + 1; next <= height + ReadBlocks; next++)
        {
            try
            {
                var id = BlockId.Format(_state.Site, next);
                var document = await _store.GetAsync(id, cancellation).ConfigureAwait(false);
                if (document is null) break;
                foreach (var (at, message) in unreadable) Fault(at, $"cannot be read: {message}");
                return await CheckAsync(document, next - 1, cancellation).ConfigureAwait(false);
            }
            catch (StoreCorruptException e)
            {
                unreadable.Add((next, e.Message));
                (_isFolding, _prev) = (false, BlockHash.None);
            }
        }
        Fault(height + 1, $"cannot be read, nor anything after it: {error.Message}");
        return height;
    }

    /// <summary>Checks the next document; the height it is at.</summary>
    private async Task<long> CheckAsync(
        Document document, long height, CancellationToken cancellation)
    {
        var at = BlockId.HeightOf(_state.Site, document.Id);
        if (at < 0 && _store.KeepsCopies
            && (document.Id == SiteNote.Id || CopyId.BlockIn(document.Id) is not null))
            return height;
        if (at < 0)
        {
            Fault(0, $"'{document.Id}' is not a block: nothing else belongs here");
            return height;
        }
        for (var missing = height + 1; missing < at && _faults.Count < FaultsMax; missing++)
            Fault(missing, "is missing");
        if (at > height + 1) _isFolding = false;
        try
        {
            var block = BlockDocument.Parse(document.Id, document.Body, _store.KeepsBytes);
            CheckHeader(block.Header, isNext: at == height + 1);
            if (block.Header.Recovery is not null) _recoveries.Add(ChainRecovery.Of(block));
            if (_isFolding) await RemakeAsync(block, cancellation).ConfigureAwait(false);
            (_prev, _time) = (block.Header.Hash, block.Header.Time);
        }
        catch (FormatException e)
        {
            Fault(at, e.Message);
            NameDamagedEntry(at, document);
            (_isFolding, _prev) = (false, BlockHash.None);
        }
        return at;
    }

    private void CheckHeader(BlockHeader header, bool isNext)
    {
        var isKnown = _prev != BlockHash.None || header.Height == 1;
        if (isNext && isKnown && header.Prev != _prev)
        {
            throw new FormatException(
                $"its prev is {header.Prev}, but the block before it has the hash {_prev}");
        }
        if (header.Time < _time && header.Recovery is not { SetsClock: true })
            throw new FormatException("its time is before the block before it");
    }

    private async Task RemakeAsync(BlockDocument block, CancellationToken cancellation)
    {
        var header = block.Header;
        _batch.Clear();
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
            at += EntryReader.Read(block.Body.Span[at..], _batch);
        var recorded = new RefusalCode[_batch.Count];
        for (var i = 0; i < recorded.Length; i++) recorded[i] = _batch[i].Refusal;
        var requests = Enumerable.Range(0, _batch.Count)
            .Select(index => new WaitingRequest(_job, index)).ToArray();
        _draft.Builder.Begin(header.Site, header.Height, header.Version, header.Seen);
        _decider.Version = header.Version;
        await BeginAsync(header, cancellation).ConfigureAwait(false);
        await _history.PrepareAsync(requests, cancellation).ConfigureAwait(false);
        _history.Drafts.Add(_draft);
        for (var i = 0; i < _batch.Count; i++)
        {
            if (i > 0 && _history.Lacks(_batch, _batch[i]))
            {
                await _history.PrepareAsync(requests.AsMemory(i), cancellation)
                    .ConfigureAwait(false);
            }
            if (Remake(block, i, recorded[i]) is { } fault)
            {
                _faults.Add(fault);
                _isFolding = false;
                _history.Drafts.Clear();
                return;
            }
        }
        _draft.Header = _draft.Builder.Seal(
            header.Site, header.Prev, header.Time, header.Writer, header.Recovery);
        if (!_draft.Builder.Body.Span.SequenceEqual(block.Body.Span))
            throw new FormatException("is not in canonical form");
        CheckFloors(header.Height);
        if (_draft.Reading is { } reading) _state.Sites!.Commit(reading, _draft.Header!.Hash);
        _state.Commit(_draft.Header!, _draft.Undo, _draft.Movements);
        _history.Drafts.Clear();
        await _keeper.KeepAsync().ConfigureAwait(false);
    }

    private VerificationFault? Remake(BlockDocument block, int index, RefusalCode recorded)
    {
        ref var request = ref _batch[index];
        var start = _draft.Builder.NextLocation.Offset;
        VerificationFault Faulty(string message, Slice id) =>
            new(block.Header.Height, index, _batch.Text(id), message);
        if (request.Kind.IsAsked() && _history.FindPrior(_batch, request) is { } prior)
            return Faulty($"its id was decided before, in block {prior.Height}", request.Id);
        var isFirst = start == block.EntriesStart && block.Header.Height == 1;
        var first = _state.Site == SiteNames.Founder ? EntryKind.Ledger : EntryKind.Join;
        if (isFirst && request.Kind != first)
        {
            return Faulty(first == EntryKind.Join
                ? "the first entry of a site's chain must say which ledger it joins"
                : "the first entry of a chain must set the default asset", request.Id);
        }
        if (request.Kind.IsAsked()) _state.Book.Normalize(_batch, ref request);
        _state.Book.Resolve(_batch, ref request);
        // What a site writes of itself is not decided.
        if (request.Kind.IsAsked()) _decider.Decide(_batch, ref request);
        var location = _draft.Builder.NextLocation;
        _draft.Builder.Append(_batch, request);
        var made = _draft.Builder.Body.Span[start..];
        if (!block.Body.Span[start..].StartsWith(made))
        {
            return Faulty(recorded == request.Refusal
                ? "what it records is not what the rules make of its request"
                : $"it says {Said(recorded)}, the rules say {Said(request.Refusal)}", request.Id);
        }
        if (_state.Sites is { } sites) sites.Apply(_batch, request, location);
        else _state.Book.Apply(_batch, request, location);
        _state.Index.AddIds(_batch, request, location);
        return null;
    }

    private static string Said(RefusalCode refusal) =>
        refusal == RefusalCode.None ? "successful" : refusal.Text();

    // The rules keep the floors; this looks at the result without asking them.
    private void CheckFloors(long height)
    {
        foreach (ref readonly var movement in _draft.Movements.Rows)
        {
            if (movement.Kinds is MovementKinds.Payment or MovementKinds.MoneyBack
                or MovementKinds.State) continue;
            var number = _state.Book.FindPosition(movement.Account, movement.Asset);
            if (number < 0) continue;
            ref readonly var position = ref _state.Book.Position(number);
            if (position.Floor == Position.NoFloor || position.Available >= position.Floor)
                continue;
            Fault(height, $"leaves {_state.Book.AccountName(position.Account)} below its floor");
        }
    }

    private void CheckTotals()
    {
        if (_state.Sites is { HasSites: true } sites)
        {
            foreach (var (code, sum) in SiteTotals.Of(sites))
                if (sum != 0) Fault(0, $"the parts of all sites in {code} sum to {sum}, not to 0");
        }
        else CheckOwnTotals();
        foreach (var difference in new BillingTotals(_state.Book).FindDifferences())
            Fault(0, difference);
    }

    private void CheckOwnTotals()
    {
        var totals = new Int128[_state.Book.Assets.Count];
        for (var number = 0; number < _state.Book.PositionCount; number++)
            totals[_state.Book.Position(number).Asset] += _state.Book.Position(number).Balance;
        for (var asset = 0; asset < totals.Length; asset++)
        {
            if (totals[asset] == 0) continue;
            var code = _state.Book.Assets[asset].Code;
            Fault(0, $"the balances in {code} sum to {totals[asset]}, not to 0");
        }
    }

    private async ValueTask BeginAsync(BlockHeader header, CancellationToken cancellation)
    {
        _draft.Reading = null;
        if (_state.Sites is not { } sites)
        {
            if (!header.Seen.IsEmpty)
            {
                throw new FormatException("it has read other sites' blocks, which are not here: "
                    + "verify the file of one of the sites");
            }
            _state.Book.BeginBlock(header.Height, header.Time, _draft.Movements, _draft.Undo,
                header.Recovery);
            return;
        }
        await _state.Copies!.FetchAsync(sites, header.Seen, cancellation).ConfigureAwait(false);
        _draft.Reading = sites.BeginAgain(_draft.Slot, header);
        sites.BeginOwn(_draft.Reading, header.Height, header.Time, _draft.Movements, _draft.Undo,
            header.Recovery);
    }

    // A damaged block can no longer say what was in it, but an entry that cannot be read can be
    // named.
    private void NameDamagedEntry(long height, Document document)
    {
        var body = Plain(document).Span;
        var index = 0;
        try
        {
            var start = body.IndexOf("\"entries\":["u8) + "\"entries\":["u8.Length;
            var end = body.LastIndexOf("],\"hash\":"u8);
            for (var at = start; at < end; at++, index++)
            {
                _batch.Clear();
                at += EntryReader.Read(body[at..end], _batch);
            }
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            _faults.Add(new VerificationFault(height, index, null, $"cannot be read: {e.Message}"));
        }
    }

    private ReadOnlyMemory<byte> Plain(Document document)
    {
        try
        {
            return _store.KeepsBytes ? document.Body
                : BlockTableReader.Expand(document.Body) ?? document.Body;
        }
        catch (FormatException)
        {
            return default; // Its table is what is damaged, and that was said.
        }
    }

    private void Fault(long height, string message) =>
        _faults.Add(new VerificationFault(height, null, null, message));
}
