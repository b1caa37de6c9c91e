using Settle.Reading;
using Settle.Settling;

namespace Settle.Inbox;

/// <summary>
/// Reads what changed, decides the pending documents among it, oldest first, and marks them. Used
/// by one caller at a time.
/// </summary>
internal sealed class InboxRounds(
    DocumentDatabase database, Submitter submitter, LedgerReader reader,
    IProgress<WorkProgress>? progress = null)
{
    private const int ChangesPerPage = 2000;
    private const int DocumentsPerFetch = 500;
    private const int DocumentsPerMark = 500;
    private const int MarksAtOnce = 3;

    // So many documents are held at once.
    private const int DocumentsMax = 10_000;

    private readonly Dictionary<string, string> _written = [];
    private readonly HashSet<string> _again = [];
    private readonly ConflictResolver _conflicts = new(database, submitter, reader);
    private readonly Lock _lock = new();
    private string? _since;

    // How many are marked when this round is over, as far as it knows.
    private long _found;

    public DocumentReport Counts { get; private set; } = new(0, 0, 0);

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
        }
    }

    private async Task SettleAllAsync(
        HashSet<string> ids, DateTimeOffset? until, CancellationToken cancellation)
    {
        IReadOnlyCollection<string> order = ids.Count <= DocumentsMax
            ? ids : await OrderAsync(ids, cancellation).ConfigureAwait(false);
        _found = Counts.Marked + order.Count;
        foreach (var part in order.Chunk(DocumentsMax))
            await SettleAsync(part, until, cancellation).ConfigureAwait(false);
    }

    // More than can be held: read once for their order, and then again in that order (I3).
    private async Task<IReadOnlyCollection<string>> OrderAsync(
        HashSet<string> ids, CancellationToken cancellation)
    {
        var pending = new List<(long Time, string Id)>();
        var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
        foreach (var chunk in ids.Chunk(DocumentsPerFetch))
        {
            using var page = await database.FetchAsync(chunk, cancellation).ConfigureAwait(false);
            pending.AddRange(DocumentDatabase.DocumentsIn(page)
                .Select(leaves => InboxDocument.Of(leaves, scratch))
                .Where(document => document.IsPending)
                .Select(document => (document.Time, document.DocumentId)));
        }
        pending.Sort((a, b) => a.Time != b.Time
            ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Id, b.Id));
        lock (_lock) _again.ExceptWith(ids);
        return pending.ConvertAll(document => document.Id);
    }

    private async Task SettleAsync(
        string[] ids, DateTimeOffset? until, CancellationToken cancellation)
    {
        var fetched = new List<JsonDocument>();
        try
        {
            await FetchAsync(ids, fetched, cancellation).ConfigureAwait(false);
            var scratch = new RequestBatch { KnowsAccount = submitter.KnowsAccount };
            var pending = fetched.SelectMany(DocumentDatabase.DocumentsIn)
                .Select(leaves => InboxDocument.Of(leaves, scratch))
                .Where(document => document.IsPending).ToList();
            pending.RemoveAll(document => !IsDue(document, until));
            _found -= ids.Length - pending.Count;
            pending.Sort(InboxDocument.Compare);
            lock (_lock) _again.ExceptWith(ids);
            await DecideAsync(pending, cancellation).ConfigureAwait(false);
        }
        finally
        {
            fetched.ForEach(page => page.Dispose());
        }
    }

    private static bool IsDue(InboxDocument document, DateTimeOffset? until) =>
        until is null || document.Time <= Chain.ChainTime.From(until.Value);

    private async Task FetchAsync(
        string[] ids, List<JsonDocument> pages, CancellationToken cancellation)
    {
        foreach (var chunk in ids.Chunk(DocumentsPerFetch))
            pages.Add(await database.FetchAsync(chunk, cancellation).ConfigureAwait(false));
    }

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
        foreach (var document in pending.Where(document => document.HasConflicts))
        {
            var written = await _conflicts
                .ResolveAsync(document, mark => Counts = Counts.With(mark), cancellation)
                .ConfigureAwait(false);
            Note(written);
        }
    }

    private async Task<List<(InboxDocument Document, DocumentOutcome Outcome)>> DecideAsync(
        InboxDocument[] documents)
    {
        var job = submitter.NewJob(documents.Length, documents.Length * 96);
        var asked = new List<InboxDocument>(documents.Length);
        var marks = new List<(InboxDocument, DocumentOutcome)>(documents.Length);
        foreach (var document in documents.Where(document => !document.HasConflicts))
        {
            if (document.Fault is { } fault)
            {
                marks.Add((document, DocumentOutcome.Of(fault)));
                continue;
            }
            document.Add(job.Batch);
            asked.Add(document);
        }
        if (asked.Count > 0) await submitter.SettleAsync(job).ConfigureAwait(false);
        for (var i = 0; i < asked.Count; i++)
            marks.Add((asked[i], DocumentOutcome.Of(job.Verdicts[i])));
        return marks;
    }

    private async Task WriteOutcomesAsync(
        List<(InboxDocument Document, DocumentOutcome Outcome)> marks,
        CancellationToken cancellation)
    {
        if (marks.Count == 0) return;
        using var writer = new OutcomeWriter();
        foreach (var (document, mark) in marks) writer.Add(document, mark);
        var answers = await database.WriteAsync(writer.Finish(), cancellation)
            .ConfigureAwait(false);
        Note(answers);
        var byId = marks.ToDictionary(each => each.Document.DocumentId, each => each.Outcome);
        lock (_lock)
        {
            foreach (var answer in answers.Where(answer => answer.Revision is not null))
                Counts = Counts.With(byId[answer.Id]);
            progress?.Report(new WorkProgress(Counts.Marked, long.Max(_found, Counts.Marked)));
        }
    }

    // Somebody else wrote the document meanwhile: another process its mark, or a client anything.
    private void Note(List<WriteAnswer> answers)
    {
        lock (_lock)
        {
            foreach (var answer in answers)
            {
                if (answer.Error is null) WritesWon++;
                else WritesLost++;
                if (answer.Error is not null) _again.Add(answer.Id);
                else if (answer.Revision is { } revision) _written[answer.Id] = revision;
            }
        }
    }
}
