using Settle.Reading;
using Settle.Settling;

namespace Settle.Inbox;

/// <summary>
/// Reads what changed, decides the pending documents among it, oldest first, and writes their
/// outcomes. Used by one caller at a time.
/// </summary>
internal sealed class InboxRounds(
    DocumentDatabase database, Submitter submitter, LedgerReader reader, Action<string>? warn,
    IProgress<WorkProgress>? progress = null)
{
    private const int ChangesPerPage = 2000;
    private const int DocumentsPerFetch = 500;
    private const int DocumentsPerWrite = 500;
    private const int WritesAtOnce = 3;

    // So many documents are held at once, and so large.
    private const int DocumentsMax = 10_000;
    private const long BytesMax = 64 * 1024 * 1024;

    private readonly Dictionary<string, string> _written = [];
    private readonly HashSet<string> _again = [];

    // On a cluster: how old each document is that a copy told of. Others may not have it yet.
    private readonly Dictionary<string, int> _told = [];
    private readonly OutcomeWriter _outcomes = new(database, warn);
    private readonly Lock _lock = new();
    private string? _since;

    // How many are written when this round is over, as far as it knows.
    private long _found;

    public DocumentReport Counts { get; private set; } = new(0, 0, 0);

    /// <summary>Documents that were decided, and on which no outcome can be written.</summary>
    public IReadOnlyList<string> WithoutOutcome => _outcomes.WithoutOutcome;

    /// <summary>Tries those once more in the next round that another rule may allow by then.
    /// </summary>
    public void RetryRefused()
    {
        lock (_lock) _again.UnionWith(_outcomes.Refused);
    }

    /// <summary>Whether a document could not be written, because others wrote it too.</summary>
    public bool HasRest => _again.Count > 0;

    /// <summary>How many the last round wrote.</summary>
    public int WritesWon { get; private set; }

    /// <summary>How many somebody else had just written.</summary>
    public int WritesLost { get; private set; }

    /// <summary>Does one round: all that is in the database when it begins.</summary>
    /// <param name="until">Later documents are left alone; null for none.</param>
    /// <param name="cancellation">Stops between two steps; the next round begins anew.</param>
    public async Task RunAsync(DateTimeOffset? until, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(_again);
        var since = _since is null ? await BeginAsync(ids, cancellation).ConfigureAwait(false)
            : await TakeChangesAsync(_since, ids, cancellation).ConfigureAwait(false);
        (WritesWon, WritesLost) = (0, 0);
        try
        {
            await SettleAllAsync(ids, until, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _again.UnionWith(ids);
            throw;
        }
        _since = since;
    }

    // What is already waiting, and from where on the changes are followed. That is asked for first:
    // what is written in between is found twice, and not missed.
    private async Task<string> BeginAsync(HashSet<string> ids, CancellationToken cancellation)
    {
        var cursor = await database.ReadCursorAsync(cancellation).ConfigureAwait(false);
        await database.AddWaitingAsync(ids, cancellation).ConfigureAwait(false);
        return cursor;
    }

    private async Task<string> TakeChangesAsync(
        string since, HashSet<string> ids, CancellationToken cancellation)
    {
        for (var isEnd = false; !isEnd;)
        {
            (var changes, since, isEnd) = await database
                .ReadChangesAsync(since, ChangesPerPage, cancellation).ConfigureAwait(false);
            Take(changes, ids);
        }
        return since;
    }

    private void Take(List<Change> changes, HashSet<string> ids)
    {
        foreach (var change in changes)
        {
            if (change.IsDeleted || !InboxDocument.IsOne(change.Id)) continue;
            // Our own outcomes come back as changes, perhaps together with what came behind them.
            if (_written.Remove(change.Id, out var revision) && revision == change.Revision
                && !change.HasOthers)
                continue;
            ids.Add(change.Id);
            if (database.HasCopies) _told[change.Id] = change.Age;
        }
    }

    // What a copy told of, and the copies that were asked for it do not have. What they have counts
    // as told: it is asked for again if it cannot be decided now, perhaps of others.
    private List<string> TakeMissing(string[] ids, IEnumerable<JsonDocument> fetched)
    {
        if (!database.HasCopies) return [];
        var found = fetched.SelectMany(DocumentDatabase.AgesIn)
            .GroupBy(each => each.Id, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Sum(each => each.Age),
                StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var id in ids)
        {
            var age = found.GetValueOrDefault(id);
            if (age < _told.GetValueOrDefault(id)) missing.Add(id);
            else _told[id] = age;
        }
        return missing;
    }

    // They are as told, and nothing is left to do for them.
    private void Forget(IEnumerable<string> ids)
    {
        lock (_lock)
            foreach (var id in ids.Where(id => !_again.Contains(id))) _told.Remove(id);
    }

    private async Task SettleAllAsync(
        HashSet<string> ids, DateTimeOffset? until, CancellationToken cancellation)
    {
        _found = Counts.Decided + ids.Count;
        if (ids.Count <= DocumentsMax
            && await SettleAsync([.. ids], until, BytesMax, cancellation).ConfigureAwait(false))
            return;
        var parts = await OrderAsync(ids, cancellation).ConfigureAwait(false);
        _found = Counts.Decided + parts.Sum(part => part.Count);
        foreach (var part in parts)
            await SettleAsync([.. part], until, long.MaxValue, cancellation).ConfigureAwait(false);
    }

    // More than can be held: read once for their order, and then again in that order (I3).
    private async Task<List<List<string>>> OrderAsync(
        HashSet<string> ids, CancellationToken cancellation)
    {
        var pending = new List<(long Time, string Id, int Bytes)>();
        var missing = new List<string>();
        var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
        foreach (var chunk in ids.Chunk(DocumentsPerFetch))
        {
            using var page = await database.FetchAsync(chunk, cancellation).ConfigureAwait(false);
            pending.AddRange(DocumentDatabase.DocumentsIn(page)
                .Select(leaves => InboxDocument.Of(leaves, scratch))
                .Where(document => document.Waits)
                .Select(document => (document.Time, document.DocumentId, document.Bytes)));
            missing.AddRange(TakeMissing(chunk, [page]));
        }
        pending.Sort((a, b) => a.Time != b.Time
            ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Id, b.Id));
        lock (_lock)
        {
            _again.ExceptWith(ids);
            _again.UnionWith(missing);
        }
        Forget(ids.Except(pending.Select(document => document.Id)));
        var parts = new List<List<string>>();
        var bytes = 0L;
        foreach (var document in pending)
        {
            bytes += document.Bytes;
            if (parts.Count == 0 || parts[^1].Count == DocumentsMax || bytes > BytesMax)
            {
                parts.Add([]);
                bytes = document.Bytes;
            }
            parts[^1].Add(document.Id);
        }
        return parts;
    }

    // False, and nothing is done, if they are larger than that.
    private async Task<bool> SettleAsync(
        string[] ids, DateTimeOffset? until, long bytesMax, CancellationToken cancellation)
    {
        var fetched = new List<JsonDocument>();
        try
        {
            var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
            var pending = new List<InboxDocument>();
            var bytes = 0L;
            foreach (var chunk in ids.Chunk(DocumentsPerFetch))
            {
                if (bytes > bytesMax) return false;
                fetched.Add(await database.FetchAsync(chunk, cancellation).ConfigureAwait(false));
                foreach (var leaves in DocumentDatabase.DocumentsIn(fetched[^1]))
                {
                    var document = InboxDocument.Of(leaves, scratch);
                    bytes += document.Bytes;
                    if (document.Waits && IsDue(document, until)) pending.Add(document);
                }
            }
            _found -= ids.Length - pending.Count;
            pending.Sort(InboxDocument.Compare);
            lock (_lock)
            {
                _again.ExceptWith(ids);
                _again.UnionWith(TakeMissing(ids, fetched));
            }
            await DecideAsync(pending, cancellation).ConfigureAwait(false);
            Forget(ids);
            return true;
        }
        finally
        {
            fetched.ForEach(page => page.Dispose());
        }
    }

    private static bool IsDue(InboxDocument document, DateTimeOffset? until) =>
        until is null || !document.IsPending || document.Time <= Chain.ChainTime.From(until.Value);

    // While some outcomes are written, the next ones are decided.
    private async Task DecideAsync(List<InboxDocument> pending, CancellationToken cancellation)
    {
        var writing = new List<Task>();
        try
        {
            foreach (var chunk in pending.Chunk(DocumentsPerWrite))
            {
                var outcomes = await DecideAsync(chunk).ConfigureAwait(false);
                while (writing.Count(task => !task.IsCompleted) >= WritesAtOnce)
                {
                    await Task.WhenAny(writing.Where(task => !task.IsCompleted))
                        .ConfigureAwait(false);
                }
                writing.Add(WriteOutcomesAsync(outcomes, cancellation));
            }
        }
        finally
        {
            await Task.WhenAll(writing).ConfigureAwait(false);
        }
        foreach (var document in pending.Where(document => document.HasConflicts))
            await ResolveAsync(document.DocumentId, cancellation).ConfigureAwait(false);
    }

    // Read again: another process may have resolved it meanwhile.
    private async Task ResolveAsync(string id, CancellationToken cancellation)
    {
        using var fetched = await database.FetchAsync([id], cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            if (TakeMissing([id], [fetched]) is { Count: > 0 } missing)
            {
                _again.UnionWith(missing);
                return;
            }
        }
        foreach (var revisions in DocumentDatabase.DocumentsIn(fetched))
        {
            Note(await new ConflictResolver(_outcomes, submitter, reader)
                .ResolveAsync(revisions, outcome => Counts = Counts.With(outcome), cancellation)
                .ConfigureAwait(false));
        }
    }

    private async Task<DecidedDocument[]> DecideAsync(InboxDocument[] documents)
    {
        var job = submitter.NewJob(documents.Length, documents.Length * 96);
        var asked = new List<InboxDocument>(documents.Length);
        var outcomes = new List<DecidedDocument>(documents.Length);
        foreach (var document in documents.Where(document => !document.HasConflicts))
        {
            if (document.Fault is { } fault)
            {
                outcomes.Add(new DecidedDocument(document, DocumentOutcome.Of(fault)));
                continue;
            }
            document.Add(job.Batch);
            asked.Add(document);
        }
        if (asked.Count > 0) await submitter.SettleAsync(job).ConfigureAwait(false);
        for (var i = 0; i < asked.Count; i++)
            outcomes.Add(new DecidedDocument(asked[i], DocumentOutcome.Of(job.Verdicts[i])));
        return [.. outcomes];
    }

    private async Task WriteOutcomesAsync(
        DecidedDocument[] outcomes, CancellationToken cancellation)
    {
        if (outcomes.Length == 0) return;
        var answers = await _outcomes.WriteAsync(outcomes, cancellation).ConfigureAwait(false);
        Note(answers);
        var byId = outcomes.ToDictionary(each => each.Document.DocumentId, each => each.Outcome);
        lock (_lock)
        {
            foreach (var answer in answers.Where(answer => answer.Revision is not null))
                Counts = Counts.With(byId[answer.Id]);
            progress?.Report(new WorkProgress(Counts.Decided, long.Max(_found, Counts.Decided)));
        }
    }

    private void Note(List<WriteAnswer> answers)
    {
        lock (_lock)
        {
            foreach (var answer in answers)
            {
                if (answer.Revision is { } revision)
                {
                    WritesWon++;
                    _written[answer.Id] = revision;
                }
                else if (OutcomeWriter.IsConflict(answer))
                {
                    // Somebody else wrote it: another process its outcome, or a client anything.
                    WritesLost++;
                    _again.Add(answer.Id);
                }
            }
        }
    }
}
