using Settle.Stores;

namespace Settle.Billing;

/// <summary>
/// Effects on the world, keyed by invoice and kind. Each is claimed before it happens, by a
/// document that only one can create, and its end is noted afterwards. What was claimed and has no
/// end may have happened or not: nobody but a person lets it happen again.
/// </summary>
internal sealed class InvoiceOutbox(ISideDocuments sideDocuments, TimeProvider clock, string by)
{
    /// <summary>The kind that every ledger has.</summary>
    public const string Mail = "mail";

    /// <summary>What the ids of its documents begin with.</summary>
    public const string IdStart = "outbox:";

    private const string EndEnding = ":end";
    private const int KindCharsMax = 32;
    private const string Released = "released";

    // After each try that was deferred; what is deferred once more has failed.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(9), TimeSpan.FromHours(24),
        TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    /// <exception cref="InvalidRequestException">It is not a valid kind.</exception>
    public static void CheckKind(string kind)
    {
        if (kind.Length is < 1 or > KindCharsMax || !kind.All(char.IsAsciiLetterOrDigit))
        {
            throw new InvalidRequestException("kind",
                $"must be 1 to {KindCharsMax} letters and digits, such as mail");
        }
    }

    /// <summary>The kinds that the ledger has: mail, and those of which something was noted.
    /// </summary>
    public async Task<List<string>> KindsAsync(CancellationToken cancellation)
    {
        var kinds = new List<string> { Mail };
        await foreach (var document in sideDocuments.ListAsync(IdStart, cancellation)
            .ConfigureAwait(false))
        {
            var kind = document.Id[IdStart.Length..].Split(':')[0];
            if (!kinds.Contains(kind, StringComparer.Ordinal)) kinds.Add(kind);
        }
        return kinds;
    }

    /// <summary>Where an effect stands.</summary>
    public Task<OutboxItem> GetAsync(string kind, string number, string customer,
        CancellationToken cancellation) =>
        GetAsync(kind, number, customer, id => ReadAsync(id, cancellation));

    /// <summary>
    /// Where the effects of many papers stand, in their order. A note that cannot be read stops
    /// no other.
    /// </summary>
    public async Task<List<OutboxItem>> ListAsync(string kind,
        IReadOnlyList<(string Number, string Customer)> papers, CancellationToken cancellation)
    {
        // All notes at once: asking for each would take a request to the database each.
        var notes = new Dictionary<string, OutboxNote>(StringComparer.Ordinal);
        await foreach (var document in sideDocuments.ListAsync($"{IdStart}{kind}:", cancellation)
            .ConfigureAwait(false))
            notes[document.Id] = NoteOf(document);
        var items = new List<OutboxItem>(papers.Count);
        foreach (var (number, customer) in papers)
        {
            items.Add(await GetAsync(kind, number, customer,
                id => Task.FromResult(notes.GetValueOrDefault(id))).ConfigureAwait(false));
        }
        return items;
    }

    private static async Task<OutboxItem> GetAsync(string kind, string number, string customer,
        Func<string, Task<OutboxNote?>> read)
    {
        OutboxItem? before = null;
        for (var attempt = 1; ; attempt++)
        {
            var item = new OutboxItem
            {
                Kind = kind,
                Number = number,
                Customer = customer,
                State = OutboxItem.Waiting,
                Attempt = attempt,
            };
            var claim = await read(IdOf(item)).ConfigureAwait(false);
            if (claim is null) return before ?? item;
            var end = await read(EndOf(item)).ConfigureAwait(false);
            var last = end ?? claim;
            item = item with
            {
                State = last.IsUnreadable ? OutboxItem.Unreadable
                    : end?.Outcome ?? OutboxItem.Claimed,
                By = last.IsUnreadable ? null : last.By,
                Time = last.IsUnreadable ? null : last.Time,
                Note = last.Note,
            };
            if (end is null || item.State is OutboxItem.Claimed or OutboxItem.Done) return item;
            before = item.State switch
            {
                // A person may have decided in the next try.
                OutboxItem.Failed or OutboxItem.Unreadable => item,
                // The next try is open to all, once its time has come.
                OutboxItem.Deferred => item with
                {
                    Attempt = attempt + 1,
                    NextTry = end!.NextTry,
                    Deferrals = (before?.Deferrals ?? 0) + 1,
                },
                _ => null,
            };
        }
    }

    /// <summary>Whether an effect may begin now.</summary>
    public bool IsDue(OutboxItem item) => item.State == OutboxItem.Waiting
        || (item.State == OutboxItem.Deferred && !(item.NextTry > clock.GetUtcNow()));

    /// <summary>Begins an effect that waits, with its note.</summary>
    /// <returns>Whether it is ours; false when somebody else was first.</returns>
    public Task<bool> TryClaimAsync(OutboxItem item, CancellationToken cancellation) =>
        TryWriteAsync(IdOf(item), null, item.Note, null, cancellation);

    /// <summary>
    /// Notes how an effect ended, once. What was deferred gets a longer wait each time, and has
    /// failed in the end.
    /// </summary>
    /// <returns>What was noted.</returns>
    public async Task<OutboxOutcome> EndAsync(OutboxItem item, OutboxOutcome outcome,
        CancellationToken cancellation)
    {
        if (outcome.State == OutboxItem.Claimed) return outcome;
        DateTimeOffset? next = null;
        if (outcome.State == OutboxItem.Deferred && item.Deferrals < Waits.Length)
            next = clock.GetUtcNow() + Waits[item.Deferrals];
        else if (outcome.State == OutboxItem.Deferred)
            outcome = OutboxOutcome.Failed(string.Create(CultureInfo.InvariantCulture,
                $"after {item.Deferrals + 1} tries: {outcome.Note}"));
        // A person who was faster has decided.
        await TryWriteAsync(EndOf(item), outcome.State, outcome.Note, next, cancellation)
            .ConfigureAwait(false);
        return outcome;
    }

    /// <summary>
    /// A person's decision about what has begun, failed or cannot be read: it happened, or it may
    /// be tried again.
    /// </summary>
    /// <returns>Whether the decision counts; false when another one was faster.</returns>
    public async Task<bool> TryDecideAsync(OutboxItem item, bool isDone, string? note,
        CancellationToken cancellation)
    {
        // It has its end already; what follows is about a try that nobody makes.
        if (item.State == OutboxItem.Failed || (item.State == OutboxItem.Unreadable
            && await ReadAsync(EndOf(item), cancellation).ConfigureAwait(false) is not null))
        {
            item = item with { Attempt = item.Attempt + 1, Note = null };
            if (!await TryClaimAsync(item, cancellation).ConfigureAwait(false)) return false;
        }
        else if (item.State is OutboxItem.Waiting or OutboxItem.Deferred
            && !await TryClaimAsync(item with { Note = null }, cancellation)
                .ConfigureAwait(false))
        {
            return false;
        }
        return await TryWriteAsync(EndOf(item), isDone ? OutboxItem.Done : Released, note,
            null, cancellation).ConfigureAwait(false);
    }

    private async Task<bool> TryWriteAsync(string id, string? outcome, string? note,
        DateTimeOffset? nextTry, CancellationToken cancellation)
    {
        var written = new OutboxNote
        {
            Token = Guid.CreateVersion7().ToString("N"),
            By = by,
            Time = clock.GetUtcNow(),
            Outcome = outcome,
            Note = note,
            NextTry = nextTry,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(written, OutboxJson.Default.OutboxNote);
        var kept = await sideDocuments.ClaimAsync(new Document(id, body), cancellation)
            .ConfigureAwait(false);
        return NoteOf(new Document(id, kept)).Token == written.Token;
    }

    private async Task<OutboxNote?> ReadAsync(string id, CancellationToken cancellation)
    {
        var body = await sideDocuments.GetAsync(id, cancellation).ConfigureAwait(false);
        return body is { } json ? NoteOf(new Document(id, json)) : null;
    }

    /// <exception cref="StoreCorruptException">It is not a note that can be read.</exception>
    public static void Check(Document document)
    {
        if (NoteOf(document) is { IsUnreadable: true, Note: var why })
            throw new StoreCorruptException(why!);
    }

    // What cannot be read may have been any note: nobody goes on by it, and a person decides.
    private static OutboxNote NoteOf(Document document)
    {
        var fault = "it lacks members, or says none of what may become of a paper";
        try
        {
            if (JsonSerializer.Deserialize(document.Body.Span, OutboxJson.Default.OutboxNote)
                is { Token: not null, By: not null } note
                && IsOutcome(note.Outcome, IsEnd(document.Id)))
                return note;
        }
        catch (JsonException e)
        {
            fault = e.Message;
        }
        return new OutboxNote
        {
            Token = "",
            By = "",
            Time = default,
            IsUnreadable = true,
            Note = Texts.Shown($"the document {document.Id} beside the chain cannot be read: "
                + fault),
        };
    }

    private static bool IsEnd(string id) => id.EndsWith(EndEnding, StringComparison.Ordinal);

    private static bool IsOutcome(string? outcome, bool isEnd) => isEnd
        ? outcome is OutboxItem.Done or OutboxItem.Deferred or OutboxItem.Failed or Released
        : outcome is null;

    /// <summary>
    /// The number of the invoice or reminder that a document is about, which may have colons.
    /// </summary>
    public static string NumberIn(string id)
    {
        var number = IsEnd(id) ? id[..^EndEnding.Length] : id;
        var from = number.IndexOf(':', IdStart.Length) + 1;
        var to = number.LastIndexOf(':');
        return from > 0 && from < to ? number[from..to] : "";
    }

    private static string IdOf(OutboxItem item) => string.Create(CultureInfo.InvariantCulture,
        $"{IdStart}{item.Kind}:{item.Number}:{item.Attempt}");

    private static string EndOf(OutboxItem item) => IdOf(item) + EndEnding;
}
