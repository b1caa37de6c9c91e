using Settle.Reading;
using Settle.Settling;

namespace Settle.Inbox;

/// <summary>
/// Reads what changed, decides the pending documents among it, oldest first, and marks them. Used
/// by one caller at a time.
/// </summary>
internal sealed class InboxRounds(
    DocumentDatabase database, Submitter submitter, LedgerReader reader, Action<string>? warn,
    IProgress<WorkProgress>? progress = null)
{
    private const int ChangesPerPage = 2000;
    private const int DocumentsPerFetch = 500;
    private const int DocumentsPerMark = 500;
    private const int MarksAtOnce = 3;

    // So many documents are held at once, and so large.
    private const int DocumentsMax = 10_000;
    private const long BytesMax = 64 * 1024 * 1024;

    private readonly Dictionary<string, string> _written = [];
    private readonly HashSet<string> _again = [];

    // On a cluster: how old each document is that a copy told of. Others may not have it yet.
    private readonly Dictionary<string, int> _told = [];
    private readonly MarkWriter _marks = new(database, warn);
    private readonly Lock _lock = new();
    private string? _since;

    // How many are marked when this round is over, as far as it knows.
    private long _found;

    public DocumentReport Counts { get; private set; } = new(0, 0, 0);

    /// <summary>Documents that were decided, and on which no mark can be written.</summary>
    public IReadOnlyList<string> Unmarked => _marks.Unmarked;

    /// <summary>Tries those once more in the next round that another rule may allow by then.
    /// </summary>
    public void RetryRefused()
    {
        lock (_lock) _again.UnionWith(_marks.Refused);
    }

    /// <summary>Whether a document could not be marked, because others wrote it too.</summary>
    public bool HasRest => _again.Count > 0;

    /// <summary>What the last round marked.</summary>
    public int WritesWon { get; private set; }

    /// <summary>What it wanted to mark when somebody else had just written it.</summary>
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

    // What waits already, and from where on the changes are followed. The place is asked for first:
    // what is written in between is found twice, and not missed.
    private async Task<string> BeginAsync(HashSet<string> ids, CancellationToken cancellation)
    {
        var place = await database.ReadPlaceAsync(cancellation).ConfigureAwait(false);
        await database.AddWaitingAsync(ids, cancellation).ConfigureAwait(false);
        return place;
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
            // Our own marks come back as changes, perhaps together with what came behind them.
            if (_written.Remove(change.Id, out var revision) && revision == change.Revision
                && !change.HasOthers)
                continue;
            ids.Add(change.Id);
            if (database.HasCopies) _told[change.Id] = change.Age;
        }
    }

    // What a copy told of, and the copies that were asked for it do not have.
    private List<string> TakeMissing(string[] ids, List<JsonDocument> fetched)
    {
        if (_told.Count == 0) return [];
        var found = fetched.SelectMany(DocumentDatabase.AgesIn)
            .GroupBy(each => each.Id, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Sum(each => each.Age),
                StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var id in ids)
        {
            if (!_told.TryGetValue(id, out var age)) continue;
            if (found.GetValueOrDefault(id) < age) missing.Add(id);
            else _told.Remove(id);
        }
        return missing;
    }

    private async Task SettleAllAsync(
        HashSet<string> ids, DateTimeOffset? until, CancellationToken cancellation)
    {
        _found = Counts.Marked + ids.Count;
        if (ids.Count <= DocumentsMax
            && await SettleAsync([.. ids], until, BytesMax, cancellation).ConfigureAwait(false))
            return;
        var parts = await OrderAsync(ids, cancellation).ConfigureAwait(false);
        _found = Counts.Marked + parts.Sum(part => part.Count);
        foreach (var part in parts)
            await SettleAsync([.. part], until, long.MaxValue, cancellation).ConfigureAwait(false);
    }

    // More than can be held: read once for their order, and then again in that order (I3).
    private async Task<List<List<string>>> OrderAsync(
        HashSet<string> ids, CancellationToken cancellation)
    {
        var pending = new List<(long Time, string Id, int Bytes)>();
        var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
        foreach (var chunk in ids.Chunk(DocumentsPerFetch))
        {
            using var page = await database.FetchAsync(chunk, cancellation).ConfigureAwait(false);
            pending.AddRange(DocumentDatabase.DocumentsIn(page)
                .Select(leaves => InboxDocument.Of(leaves, scratch))
                .Where(document => document.Waits)
                .Select(document => (document.Time, document.DocumentId, document.Bytes)));
        }
        pending.Sort((a, b) => a.Time != b.Time
            ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Id, b.Id));
        lock (_lock) _again.ExceptWith(ids);
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
            return true;
        }
        finally
        {
            fetched.ForEach(page => page.Dispose());
        }
    }

    private static bool IsDue(InboxDocument document, DateTimeOffset? until) =>
        until is null || !document.IsPending || document.Time <= Chain.ChainTime.From(until.Value);

    // While some documents are marked, the next ones are decided.
    private async Task DecideAsync(List<InboxDocument> pending, CancellationToken cancellation)
    {
        var marking = new List<Task>();
        try
        {
            foreach (var chunk in pending.Chunk(DocumentsPerMark))
            {
                var marks = await DecideAsync(chunk).ConfigureAwait(false);
                while (marking.Count(task => !task.IsCompleted) >= MarksAtOnce)
                {
                    await Task.WhenAny(marking.Where(task => !task.IsCompleted))
                        .ConfigureAwait(false);
                }
                marking.Add(WriteOutcomesAsync(marks, cancellation));
            }
        }
        finally
        {
            await Task.WhenAll(marking).ConfigureAwait(false);
        }
        var conflicts = new ConflictResolver(database, _marks, submitter, reader);
        foreach (var document in pending.Where(document => document.HasConflicts))
        {
            var written = await conflicts
                .ResolveAsync(document, mark => Counts = Counts.With(mark), cancellation)
                .ConfigureAwait(false);
            Note(written);
        }
    }

    private async Task<Mark[]> DecideAsync(InboxDocument[] documents)
    {
        var job = submitter.NewJob(documents.Length, documents.Length * 96);
        var asked = new List<InboxDocument>(documents.Length);
        var marks = new List<Mark>(documents.Length);
        foreach (var document in documents.Where(document => !document.HasConflicts))
        {
            if (document.Fault is { } fault)
            {
                marks.Add(new Mark(document, DocumentOutcome.Of(fault)));
                continue;
            }
            document.Add(job.Batch);
            asked.Add(document);
        }
        if (asked.Count > 0) await submitter.SettleAsync(job).ConfigureAwait(false);
        for (var i = 0; i < asked.Count; i++)
            marks.Add(new Mark(asked[i], DocumentOutcome.Of(job.Verdicts[i])));
        return [.. marks];
    }

    private async Task WriteOutcomesAsync(Mark[] marks, CancellationToken cancellation)
    {
        if (marks.Length == 0) return;
        var answers = await _marks.WriteAsync(marks, cancellation).ConfigureAwait(false);
        Note(answers);
        var byId = marks.ToDictionary(each => each.Document.DocumentId, each => each.Outcome);
        lock (_lock)
        {
            foreach (var answer in answers.Where(answer => answer.Revision is not null))
                Counts = Counts.With(byId[answer.Id]);
            progress?.Report(new WorkProgress(Counts.Marked, long.Max(_found, Counts.Marked)));
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
                else if (MarkWriter.IsConflict(answer))
                {
                    // Somebody else wrote it: another process its mark, or a client anything.
                    WritesLost++;
                    _again.Add(answer.Id);
                }
            }
        }
    }
}
