using Settle.Billing;
using Settle.Stores;
using Settle.Stores.CouchDb;

namespace Settle;

/// <summary>
/// Copies the documents beside a chain that another place lacks: names and addresses, invoices,
/// what became of their sending, and what runs were asked for. What was erased in either place is
/// not brought back.
/// </summary>
internal sealed class SideDocumentsCopy(ISideDocuments source, ISideDocuments target)
{
    private const int BatchDocuments = 500;

    private const int NamedMost = 10;

    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>What to say of documents that cannot be read; null where all can.</summary>
    public string? Warning => _unreadable.Count == 0 ? null
        : "documents beside the chain that cannot be read were "
            + (TakesAll ? "kept as they are: " : "left out, as a database does not take them: ")
            + string.Join(", ", _unreadable.Take(NamedMost))
            + (_unreadable.Count > NamedMost ? ", ..." : "");

    // One that is damaged must not keep all others from being saved.
    private bool TakesAll => target is not CouchSideDocuments;

    /// <returns>How many documents were copied.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var erased = await CarryErasedAsync(cancellation).ConfigureAwait(false);
        long copied = 0;
        foreach (var prefix in (string[])
            [Profiles.Prefix, "invoice:", InvoiceOutbox.IdStart, AskedRuns.Prefix])
        {
            var known = await IdsAsync(target, prefix, cancellation).ConfigureAwait(false);
            known.UnionWith(erased);
            copied += await CopyAsync(prefix, id => !known.Contains(id), cancellation)
                .ConfigureAwait(false);
        }
        return copied;
    }

    /// <summary>Copies what runs were asked for.</summary>
    /// <returns>How many documents were copied.</returns>
    public async Task<long> CarryRunsAsync(CancellationToken cancellation)
    {
        var known = await IdsAsync(target, AskedRuns.Prefix, cancellation).ConfigureAwait(false);
        return await CopyAsync(AskedRuns.Prefix, id => !known.Contains(id), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Copies what became of the sending of papers that the target has.</summary>
    /// <param name="hasPaper">Whether it has one with a number.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many documents were copied.</returns>
    public async Task<long> CarrySentAsync(
        Func<string, bool> hasPaper, CancellationToken cancellation)
    {
        var known = await IdsAsync(target, InvoiceOutbox.IdStart, cancellation)
            .ConfigureAwait(false);
        return await CopyAsync(InvoiceOutbox.IdStart, id => !known.Contains(id)
            && hasPaper(InvoiceOutbox.NumberIn(id)), cancellation).ConfigureAwait(false);
    }

    private async Task<long> CopyAsync(
        string prefix, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        long copied = 0;
        var batch = new List<Document>(BatchDocuments);
        await foreach (var document in source.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            if (!isWanted(document.Id)) continue;
            if (BodyOf(document) is not { } body) continue;
            batch.Add(new Document(document.Id, body));
            if (batch.Count == BatchDocuments) await WriteAsync().ConfigureAwait(false);
        }
        if (batch.Count > 0) await WriteAsync().ConfigureAwait(false);
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
        var known = await IdsAsync(target, Profiles.ErasedPrefix, cancellation)
            .ConfigureAwait(false);
        await foreach (var mark in source.ListAsync(Profiles.ErasedPrefix, cancellation)
            .ConfigureAwait(false))
        {
            if (!known.Add(mark.Id)) continue;
            await target.EraseAsync(ProfileOf(mark.Id), cancellation).ConfigureAwait(false);
            // Only now: what is marked is not looked at again.
            if (BodyOf(mark) is not { } body) continue;
            await target.CreateAsync([new Document(mark.Id, body)], cancellation)
                .ConfigureAwait(false);
        }
        return [.. known.Select(ProfileOf)];
    }

    private static string ProfileOf(string mark) =>
        Profiles.Prefix + mark[Profiles.ErasedPrefix.Length..];

    private static async Task<HashSet<string>> IdsAsync(
        ISideDocuments documents, string prefix, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var document in documents.ListAsync(prefix, cancellation)
            .ConfigureAwait(false))
            ids.Add(document.Id);
        return ids;
    }

    // Null for what must be left out.
    private ReadOnlyMemory<byte>? BodyOf(Document document)
    {
        try
        {
            return Plain(document);
        }
        catch (StoreCorruptException)
        {
            _unreadable.Add(document.Id);
            // A null array would become a body that is empty, and not none.
            if (!TakesAll) return null;
            return document.Body;
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
            throw new StoreCorruptException(
                $"the document {document.Id} beside the chain cannot be copied: {e.Message}", e);
        }
    }
}
