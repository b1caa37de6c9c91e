using Settle.Billing;
using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle;

/// <summary>
/// Copies the documents beside a chain that another place lacks: names and addresses, invoices,
/// what became of their sending, and what runs were asked for. What was erased in either place is
/// not brought back. One that can be read takes the place of one that cannot.
/// </summary>
internal sealed class SideDocumentsCopy(ISideDocuments source, ISideDocuments target)
{
    private const int BatchDocuments = 500;

    private const int NamedMost = 10;

    private const string InvoicePrefix = "invoice:";

    private const string Kept = "that cannot be read were kept as they are";

    private const string NotTaken =
        "that cannot be read were left out, as a database does not take them";

    private const string Outdone =
        "that cannot be read were left out, as the copy has readable ones";

    private const string ErasedAll = "that cannot be read say by their ids what was erased, which "
        + "stays erased";

    // What became of the ones that cannot be read.
    private readonly SortedDictionary<string, SortedSet<string>> _fates =
        new(StringComparer.Ordinal);

    /// <summary>
    /// The file whose documents are carried over to what replaces it, but for those that cannot be
    /// read; null for a copy of all.
    /// </summary>
    public string? Replaces { get; init; }

    /// <summary>What to say of documents that cannot be read, in either place.</summary>
    public IReadOnlyList<string> Warnings => [.. _fates.Select(fate =>
        $"documents beside the chain {fate.Key}: "
            + string.Join(", ", fate.Value.Take(NamedMost).Select(Texts.Shown))
            + (fate.Value.Count <= NamedMost ? "" : string.Create(CultureInfo.InvariantCulture,
                $", and {fate.Value.Count - NamedMost} more")))];

    // One that is damaged must not keep all others from being saved.
    private bool TakesAll => target is not CouchSideDocuments;

    private string LeftOut =>
        $"that cannot be read in {Replaces}, which is replaced, were left out";

    private string Repaired => $"that cannot be read in the backup were taken from {Replaces}";

    /// <returns>How many documents were copied.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var erased = await CarryErasedAsync(cancellation).ConfigureAwait(false);
        long copied = 0;
        foreach (var prefix in (string[])
            [Profiles.Prefix, InvoicePrefix, InvoiceOutbox.IdStart, AskedRuns.Prefix])
        {
            copied += await CopyAsync(prefix, id => !erased.Contains(id), cancellation)
                .ConfigureAwait(false);
        }
        return copied;
    }

    /// <summary>Copies what runs were asked for.</summary>
    /// <returns>How many documents were copied.</returns>
    public Task<long> CarryRunsAsync(CancellationToken cancellation) =>
        CopyAsync(AskedRuns.Prefix, _ => true, cancellation);

    /// <summary>Copies what became of the sending of papers that the target has.</summary>
    /// <param name="hasPaper">Whether it has one with a number.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many documents were copied.</returns>
    public Task<long> CarrySentAsync(Func<string, bool> hasPaper, CancellationToken cancellation) =>
        CopyAsync(InvoiceOutbox.IdStart, id => hasPaper(InvoiceOutbox.NumberIn(id)), cancellation);

    /// <summary>Puts what can be read in the place of what cannot; nothing else.</summary>
    /// <param name="isSame">
    /// Whether an invoice or a run of the target is the same as that of its id in the source.
    /// </param>
    /// <param name="cancellation">Stops.</param>
    public async Task RepairAsync(bool isSame, CancellationToken cancellation)
    {
        foreach (var prefix in (string[])(isSame
            ? [Profiles.Prefix, InvoicePrefix, AskedRuns.Prefix] : [Profiles.Prefix]))
        {
            var known = await KnownAsync(prefix, cancellation).ConfigureAwait(false);
            foreach (var (id, damaged) in known.Damaged)
            {
                if (await source.GetAsync(id, cancellation).ConfigureAwait(false) is not { } body)
                    continue;
                var document = new Document(id, body);
                if (!IsReadable(document)) continue;
                if (await target.TryReplaceAsync(new Document(id, Plain(document)), damaged,
                    cancellation).ConfigureAwait(false))
                    Note(Repaired, id);
            }
        }
    }

    private async Task<long> CopyAsync(
        string prefix, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        var known = await KnownAsync(prefix, cancellation).ConfigureAwait(false);
        long copied = 0;
        var batch = new List<Document>(BatchDocuments);
        await foreach (var document in source.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            if (!isWanted(document.Id)) continue;
            if (known.Damaged.TryGetValue(document.Id, out var damaged))
            {
                if (!IsReadable(document) || !await target.TryReplaceAsync(
                    new Document(document.Id, Plain(document)), damaged, cancellation)
                    .ConfigureAwait(false))
                    continue;
                known.Damaged.Remove(document.Id);
                if (Replaces is not null) Note(Repaired, document.Id);
                copied++;
            }
            else if (BodyOf(document, known.Readable.Contains(document.Id)) is { } body)
            {
                batch.Add(new Document(document.Id, body));
                if (batch.Count == BatchDocuments) await WriteAsync().ConfigureAwait(false);
            }
        }
        if (batch.Count > 0) await WriteAsync().ConfigureAwait(false);
        if (Replaces is null) foreach (var id in known.Damaged.Keys) Note(Kept, id);
        return copied;

        async Task WriteAsync()
        {
            await target.CreateAsync(batch, cancellation).ConfigureAwait(false);
            copied += batch.Count;
            batch.Clear();
        }
    }

    /// <summary>Erases in the target what was erased in the source.</summary>
    /// <returns>The profiles that must not be anywhere.</returns>
    public async Task<HashSet<string>> CarryErasedAsync(CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var mark in target.ListAsync(Profiles.ErasedPrefix, cancellation)
            .ConfigureAwait(false))
        {
            if (!IsReadable(mark)) Note(ErasedAll, mark.Id);
            known.Add(mark.Id);
        }
        await foreach (var mark in source.ListAsync(Profiles.ErasedPrefix, cancellation)
            .ConfigureAwait(false))
        {
            if (!IsReadable(mark)) Note(ErasedAll, mark.Id);
            if (!known.Add(mark.Id)) continue;
            await target.EraseAsync(ProfileOf(mark.Id), cancellation).ConfigureAwait(false);
            // Only now: what is marked is not looked at again.
            await target.CreateAsync([Profiles.Mark(mark.Id)], cancellation).ConfigureAwait(false);
        }
        return [.. known.Select(ProfileOf)];
    }

    private static string ProfileOf(string mark) =>
        Profiles.Prefix + mark[Profiles.ErasedPrefix.Length..];

    private async Task<Known> KnownAsync(string prefix, CancellationToken cancellation)
    {
        var known = new Known(new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        await foreach (var document in target.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            if (IsReadable(document)) known.Readable.Add(document.Id);
            else known.Damaged.Add(document.Id, document.Body);
        }
        return known;
    }

    // Null for what is not copied.
    private ReadOnlyMemory<byte>? BodyOf(Document document, bool isKnown)
    {
        // A null array would become a body that is empty, and not none.
        ReadOnlyMemory<byte>? none = null;
        if (IsReadable(document)) return isKnown ? none : Plain(document);
        var fate = Replaces is not null ? LeftOut : isKnown ? Outdone
            : TakesAll || IsPlain(document) ? Kept : NotTaken;
        Note(fate, document.Id);
        return fate != Kept ? none : IsPlain(document) ? Plain(document) : document.Body;
    }

    private void Note(string fate, string id)
    {
        if (!_fates.TryGetValue(fate, out var ids))
            _fates.Add(fate, ids = new SortedSet<string>(StringComparer.Ordinal));
        ids.Add(id);
    }

    // As whoever needs it will read it.
    private static bool IsReadable(Document document)
    {
        if (!IsPlain(document)) return false;
        try
        {
            if (Begins(InvoiceOutbox.IdStart)) InvoiceOutbox.Check(document);
            else if (Begins(AskedRuns.Prefix)) AskedRuns.Check(document);
            else if (Begins(Profiles.Prefix)) Profiles.Check(document);
            else if (Begins(InvoicePrefix)) InvoiceDocuments.Check(document);
            return true;
        }
        catch (StoreCorruptException)
        {
            return false; // It is named.
        }

        bool Begins(string prefix) => document.Id.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static bool IsPlain(Document document)
    {
        try
        {
            Plain(document);
            return true;
        }
        catch (StoreCorruptException)
        {
            return false; // It is named.
        }
    }

    /// <summary>A document without what a database adds to it, such as its revision.</summary>
    /// <exception cref="StoreCorruptException">It is none that Settle writes.</exception>
    internal static byte[] Plain(Document document)
    {
        try
        {
            using var json = JsonDocument.Parse(document.Body);
            return CanonicalJson.Canonicalize(document.Body, [.. json.RootElement.EnumerateObject()
                .Select(member => member.Name).Where(name => name.StartsWith('_'))]);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new StoreCorruptException($"the document {Texts.Shown(document.Id)} beside the "
                + $"chain cannot be copied: {Texts.Shown(e.Message)}", e);
        }
    }

    private sealed record Known(
        HashSet<string> Readable, Dictionary<string, ReadOnlyMemory<byte>> Damaged);
}
