using System.Runtime.CompilerServices;
using Settle.Billing;
using Settle.State;

namespace Settle.Settling;

/// <summary>
/// Looks ids up for the settling loop: what needs the disk is fetched before a decision begins
/// (<see cref="PrepareAsync"/>), so that deciding itself never waits.
/// </summary>
internal sealed partial class History(LedgerState state, BlockCache blocks) : IHistory
{
    // So many ids have their filters' lines on the way: enough to hide the wait for memory, few
    // enough to stay in the processor's cache.
    private const int PrefetchAhead = 12;

    private readonly Dictionary<(ulong Mark, string Id), RecalledEntry> _prepared = [];
    private readonly List<WaitingRequest> _suspects = [];
    private readonly HashSet<string> _invoices = new(StringComparer.Ordinal);
    private readonly RequestBatch _scratch = new();

    /// <summary>The blocks that are not durable yet, oldest first.</summary>
    public List<Draft> Drafts { get; } = [];

    /// <summary>
    /// Fetches what the durable chain knows about some requests, and forgets what it fetched for
    /// the ones before. A request whose id is known has its <see cref="Request.Prior"/> set
    /// afterwards.
    /// </summary>
    public async ValueTask PrepareAsync(
        ReadOnlyMemory<WaitingRequest> requests, CancellationToken cancellation)
    {
        _prepared.Clear();
        _invoices.Clear();
        FindSuspects(requests.Span);
        if (state.Sites is not null)
            await FetchElsewhereAsync(requests, cancellation).ConfigureAwait(false);
        foreach (var suspect in _suspects)
            await FetchAsync(suspect.Job.Batch, suspect.Index, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a decision needs what was not fetched, because the invoice that it is about has come
    /// since: the request has to be prepared again.
    /// </summary>
    public bool Lacks(RequestBatch batch, in Request request) => NeedsCharges(batch, request)
        && FindInvoice(batch.Bytes(request.Reference)) is not null
        && !_invoices.Contains(batch.Text(request.Reference));

    /// <summary>What the whole chain, drafts included, says about a request's id.</summary>
    public RecalledEntry? FindPrior(RequestBatch batch, in Request request)
    {
        if (!request.Prior.IsNone) return _prepared[(0, batch.Text(request.Id))];
        if (_elsewhere.Count > 0
            && _elsewhere.TryGetValue(batch.Text(request.Id), out var elsewhere))
            return elsewhere;
        return FindInDrafts(request.IdHash, 0, batch.Bytes(request.Id));
    }

    /// <summary>
    /// What a request ends, for its answer: the hold of a void, the charge that is withdrawn, the
    /// subscription of its end.
    /// </summary>
    public RecalledEntry? FindEnded(RequestBatch batch, in Request request) => request.Kind switch
    {
        EntryKind.Void or EntryKind.Withdrawal => FindEntry(batch.Bytes(request.Reference)),
        EntryKind.Subscription when batch.Billing(request).Customer.IsEmpty =>
            Find(batch.Bytes(batch.Billing(request).Subscription), KeyHash.Subscription),
        _ => null,
    };

    public RecalledEntry? FindEntry(ReadOnlySpan<byte> id) => Find(id, 0);

    public RecalledEntry? FindResolution(ReadOnlySpan<byte> holdId) =>
        Find(holdId, KeyHash.Resolution);

    public RecalledEntry? FindReversal(ReadOnlySpan<byte> transferId) =>
        Find(transferId, KeyHash.Reversal);

    public RecalledEntry? FindInvoice(ReadOnlySpan<byte> number) => Find(number, KeyHash.Number);

    /// <summary>
    /// Whether an entry is what is looked for under a key, and not a mere collision.
    /// </summary>
    public static bool IsKeyOf(
        RequestBatch batch, in Request entry, ulong mark, ReadOnlySpan<byte> id) => mark switch
    {
        0 => batch.Bytes(entry.Id).SequenceEqual(id),
        KeyHash.Number => entry.Kind is EntryKind.Invoice or EntryKind.CreditNote
            && batch.Bytes(batch.Billing(entry).Number).SequenceEqual(id),
        KeyHash.Subscription => entry.Kind == EntryKind.Subscription
            && !batch.Billing(entry).Customer.IsEmpty
            && batch.Bytes(batch.Billing(entry).Subscription).SequenceEqual(id),
        KeyHash.Withdrawal => entry.Kind == EntryKind.Withdrawal
            && batch.Bytes(entry.Reference).SequenceEqual(id),
        KeyHash.Resolution => entry.Kind is EntryKind.Capture or EntryKind.Void
            && batch.Bytes(entry.Reference).SequenceEqual(id),
        _ => entry.Kind == EntryKind.Revert && batch.Bytes(entry.Reference).SequenceEqual(id),
    };

    private RecalledEntry? Find(ReadOnlySpan<byte> id, ulong mark) =>
        FindInDrafts(KeyHash.Of(id, mark), mark, id)
        ?? _prepared.GetValueOrDefault((mark, Encoding.UTF8.GetString(id)))
        ?? (_taken.Count == 0 ? null
            : _taken.GetValueOrDefault((mark, Encoding.UTF8.GetString(id))));

    // Nearly every request is new: that much the filters in memory know.
    private void FindSuspects(ReadOnlySpan<WaitingRequest> requests)
    {
        _suspects.Clear();
        lock (state.Lock)
        {
            for (var i = -PrefetchAhead; i < requests.Length; i++)
            {
                if (i + PrefetchAhead < requests.Length) Prefetch(requests[i + PrefetchAhead]);
                if (i < 0) continue;
                ref var request = ref requests[i].Request;
                if (state.Index.MayKnow(request.IdHash) || IsAboutAnother(request.Kind))
                    _suspects.Add(requests[i]);
            }
        }
    }

    // What was decided about the other is needed too.
    private static bool IsAboutAnother(EntryKind kind) => kind is EntryKind.Capture
        or EntryKind.Void or EntryKind.Revert or EntryKind.CreditNote or EntryKind.Subscription
        or EntryKind.Refund or EntryKind.Chargeback or EntryKind.Withdrawal or EntryKind.Quote;

    private void Prefetch(WaitingRequest waiting)
    {
        ref var request = ref waiting.Request;
        request.Reset(waiting.Job.Batch);
        state.Index.Prefetch(request.IdHash);
        state.Book.Prefetch(request);
    }

    private async ValueTask FetchAsync(
        RequestBatch batch, int index, CancellationToken cancellation)
    {
        var id = batch.Text(batch[index].Id);
        var prior = await RecallAsync(batch[index].IdHash, 0, id, cancellation)
            .ConfigureAwait(false);
        if (prior is not null) batch[index].Prior = prior.Location;
        if (NeedsCharges(batch, batch[index]))
            await FetchChargesAsync(batch, index, cancellation).ConfigureAwait(false);
        else if (batch[index].Kind == EntryKind.CreditNote)
        {
            await RecallNumberAsync(batch.Bytes(batch[index].Reference).ToArray(), cancellation)
                .ConfigureAwait(false);
        }
        if (batch[index].Kind == EntryKind.Subscription)
            await FetchPeriodsAsync(batch, index, cancellation).ConfigureAwait(false);
        if (batch[index].Kind == EntryKind.Quote)
            await FetchLinesAsync(batch, index, cancellation).ConfigureAwait(false);
        if ((KindSet.Returned | KindSet.Withdrawal).Has(batch[index].Kind)
            && !batch[index].Reference.IsEmpty)
        {
            var other = batch[index].Reference;
            await RecallAsync(KeyHash.Of(batch.Bytes(other)), 0, batch.Text(other),
                cancellation).ConfigureAwait(false);
        }
        if (batch[index].Kind is not (EntryKind.Capture or EntryKind.Void or EntryKind.Revert))
            return;
        var reference = batch.Text(batch[index].Reference);
        foreach (var mark in (ulong[])[0, KeyHash.Resolution, KeyHash.Reversal])
        {
            var hash = KeyHash.Of(batch.Bytes(batch[index].Reference), mark);
            await RecallAsync(hash, mark, reference, cancellation).ConfigureAwait(false);
        }
    }

    // A credit note of lines, or of the rest of them, and one that opens charges again.
    private static bool NeedsCharges(RequestBatch batch, in Request request) =>
        request.Kind == EntryKind.CreditNote && (request.IsWhole
            || batch.Billing(request) is { IsRebill: true } or { Lines.IsEmpty: false });

    // What the lines were, and what other credit notes took of them.
    private async ValueTask FetchChargesAsync(
        RequestBatch batch, int index, CancellationToken cancellation)
    {
        var number = batch.Bytes(batch[index].Reference).ToArray();
        if (await RecallNumberAsync(number, cancellation).ConfigureAwait(false) is not { } invoice)
            return;
        _invoices.Add(Encoding.UTF8.GetString(number));
        foreach (var id in BillingJson.ReadTexts(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Charges)))
            await RecallAsync(id, cancellation).ConfigureAwait(false);
        List<string> notes;
        lock (state.Lock) notes = state.Book.Billing.CreditNotesOf(number);
        foreach (var note in notes)
        {
            await RecallNumberAsync(Encoding.UTF8.GetBytes(note), cancellation)
                .ConfigureAwait(false);
        }
    }

    // What a quote offers.
    private async ValueTask FetchLinesAsync(
        RequestBatch batch, int index, CancellationToken cancellation)
    {
        for (var line = batch.Billing(batch[index]).LineCount; line > 0; line--)
        {
            var id = QuoteKind.LineId(batch.Text(batch[index].Id), line);
            await RecallAsync(Encoding.UTF8.GetBytes(id), cancellation).ConfigureAwait(false);
        }
    }

    // The end of a subscription is about its charges that are open.
    private async ValueTask FetchPeriodsAsync(
        RequestBatch batch, int index, CancellationToken cancellation)
    {
        var name = batch.Bytes(batch.Billing(batch[index]).Subscription).ToArray();
        await RecallAsync(KeyHash.Of(name, KeyHash.Subscription), KeyHash.Subscription,
            Encoding.UTF8.GetString(name), cancellation).ConfigureAwait(false);
        if (!batch.Billing(batch[index]).Customer.IsEmpty) return;
        var ids = new List<byte[]>();
        lock (state.Lock)
        {
            var billing = state.Book.Billing;
            if (billing.FindSubscription(name) is var subscription and >= 0)
                foreach (var at in billing.OpenPeriodsOf(subscription))
                    ids.Add(billing.Charges.IdOf(at).ToArray());
        }
        foreach (var id in ids) await RecallAsync(id, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<RecalledEntry?> RecallNumberAsync(
        byte[] number, CancellationToken cancellation) =>
        await RecallAsync(KeyHash.Of(number, KeyHash.Number), KeyHash.Number,
            Encoding.UTF8.GetString(number), cancellation).ConfigureAwait(false)
            ?? FindInvoice(number);

    private ValueTask<RecalledEntry?> RecallAsync(byte[] id, CancellationToken cancellation) =>
        RecallAsync(KeyHash.Of(id), 0, Encoding.UTF8.GetString(id), cancellation);

    private async ValueTask<RecalledEntry?> RecallAsync(ulong hash, ulong mark, string id,
        CancellationToken cancellation)
    {
        if (_prepared.TryGetValue((mark, id), out var known)) return known;
        List<EntryLocation>? candidates;
        lock (state.Lock) candidates = state.Index.FindIds(hash, state.Height);
        var found = await FindAmongAsync(blocks, candidates, mark, id, cancellation)
            .ConfigureAwait(false);
        if (found is not null) _prepared.Add((mark, id), found);
        return found;
    }

    /// <summary>The entry that a key stands for; the index said where it may be.</summary>
    public static async ValueTask<RecalledEntry?> FindAmongAsync(
        BlockCache blocks, List<EntryLocation>? candidates, ulong mark, string id,
        CancellationToken cancellation)
    {
        await foreach (var found in AllAmongAsync(blocks, candidates, mark, id, cancellation)
            .ConfigureAwait(false))
            return found;
        return null;
    }

    /// <summary>
    /// The entries that a key stands for, newest first: several reverts can be of one transfer.
    /// </summary>
    public static async IAsyncEnumerable<RecalledEntry> AllAmongAsync(
        BlockCache blocks, List<EntryLocation>? candidates, ulong mark, string id,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (candidates is null) yield break;
        var utf8 = Encoding.UTF8.GetBytes(id);
        candidates.Sort((a, b) => b.Packed.CompareTo(a.Packed));
        foreach (var location in candidates)
        {
            var block = await blocks.GetAsync(location.Height, cancellation).ConfigureAwait(false);
            var batch = new RequestBatch();
            EntryReader.Read(block.Body.Span[location.Offset..], batch);
            if (IsKeyOf(batch, batch[0], mark, utf8))
                yield return new RecalledEntry(batch, location.Height) { Location = location };
        }
    }

    private RecalledEntry? FindInDrafts(ulong hash, ulong mark, ReadOnlySpan<byte> id)
    {
        var (cursor, newest) = (-1, default(RecalledEntry));
        while (state.Index.Recent.Next(hash, ref cursor, out var location))
        {
            if (location.Height <= state.Height
                || location.Packed < newest?.Location.Packed) continue;
            var body = DraftAt(location.Height).Builder.Body.Span;
            _scratch.Clear();
            EntryReader.Read(body[location.Offset..], _scratch);
            if (!IsKeyOf(_scratch, _scratch[0], mark, id)) continue;
            var batch = new RequestBatch();
            EntryReader.Read(body[location.Offset..], batch);
            newest = new RecalledEntry(batch, location.Height) { Location = location };
        }
        return newest;
    }

    private Draft DraftAt(long height)
    {
        foreach (var draft in Drafts)
            if (draft.Builder.Height == height) return draft;
        throw new BrokenInvariantException($"no draft has height {height}");
    }
}
