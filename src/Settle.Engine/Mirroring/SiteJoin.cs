using Settle.Local;
using Settle.State;
using Settle.Stores.Sqlite;

namespace Settle;

/// <summary>Makes the file of a site that the founder has added.</summary>
internal static class SiteJoin
{
    /// <param name="target">The new site's file.</param>
    /// <param name="name">The site.</param>
    /// <param name="source">The file of the founder, or of another site that has read of it.
    /// </param>
    /// <param name="options">How to open them.</param>
    /// <param name="progress">Told how many blocks were copied; may be null.</param>
    /// <param name="cancellation">Stops; run again, it goes on.</param>
    /// <exception cref="InvalidRequestException">
    /// The site was not added, has joined already, or the file holds another ledger.
    /// </exception>
    /// <exception cref="ChainsDifferException">It was begun with another ledger.</exception>
    public static async Task<LedgerInfo> RunAsync(string target, string name, string source,
        LedgerOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        SiteNames.Check("site", Encoding.UTF8.GetBytes(name));
        Ledger.CheckPath(target);
        var opening = options with { MustExist = true, SettlesDocuments = false };
        await using (var known = await LocalLedger.OpenAsync(
            source, opening with { IsReadOnly = true }, cancellation).ConfigureAwait(false))
        {
            CheckMayJoin(known, name);
            await CopyAsync(known, target, name, progress, cancellation).ConfigureAwait(false);
        }
        await using var site = await LocalLedger.OpenAsync(target, opening, cancellation)
            .ConfigureAwait(false);
        await site.Settler.AttendAsync().ConfigureAwait(false);
        return await site.GetInfoAsync(cancellation).ConfigureAwait(false);
    }

    private static void CheckMayJoin(LocalLedger known, string name)
    {
        var sites = known.State.Sites;
        if (sites is null || !sites.Table.TryFind(name, out var row))
        {
            throw Parse.Fault("site", name, "was not added, as far as "
                + $"{known.Store.Location} has read: run 'settle sites add {name}' at the founder");
        }
        if (row.IsSuspended || row.HasEnded || sites.HasRetired(name))
            throw Parse.Fault("site", name, "is no more: join under another name");
        if (sites.Chain(name) is { Height: > 0 } || known.State.Site == name)
        {
            throw Parse.Fault("site", name, "has joined already, in another file: a second one "
                + "under its name would fork it. Add another site");
        }
    }

    private static async Task CopyAsync(LocalLedger known, string target, string name,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        await using var store = await SqliteStore.OpenAsync(
            target, SqliteAccess.ReadWriteCreate, cancellation).ConfigureAwait(false);
        var isNew = (await store.ReadAsync("", "\U0010FFFF", 1, cancellation)
            .ConfigureAwait(false)).Count == 0;
        var isBegun = !isNew
            && await SiteMark.SiteOfAsync(store, cancellation).ConfigureAwait(false) == name
            && await store.GetAsync(BlockId.Format(name, 1), cancellation).ConfigureAwait(false)
                is null;
        if (!isNew && !isBegun)
        {
            throw new InvalidRequestException("ledger",
                $"{target} holds a ledger already: name a new file");
        }
        var exchange = new SiteExchange(known.Store, known.State.Site, store, name);
        await exchange.CheckAsync(cancellation).ConfigureAwait(false);
        if (isNew) await SiteMark.WriteAsync(store, name, cancellation).ConfigureAwait(false);
        var total = 0L;
        var heights = known.State.Sites!.Table.Rows.Select(row => row.Name)
            .Append(SiteNames.Founder).ToDictionary(site => site, _ => 0L);
        await exchange.RunAsync(heights,
            copied => progress?.Report(new WorkProgress(total += copied, total)), cancellation)
            .ConfigureAwait(false);
    }
}
