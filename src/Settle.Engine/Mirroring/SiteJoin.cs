using Settle.Http;
using Settle.Local;
using Settle.Peers;
using Settle.State;
using Settle.Stores.Sqlite;

namespace Settle;

/// <summary>Makes the file of a site that the founder has added.</summary>
internal static class SiteJoin
{
    /// <param name="target">The new site's file.</param>
    /// <param name="name">The site.</param>
    /// <param name="source">
    /// The founder, or another site that has read of it: a file, or the address of its server.
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
        // What was there before is somebody's, and what was only interrupted is gone on with.
        var isNew = !File.Exists(target);
        var (copied, isBegun) = (0L, false);
        var opening = options with { MustExist = true, SettlesDocuments = false };
        try
        {
            await using (var known = await Ledger.OpenAsync(
                source, opening with { IsReadOnly = true }, cancellation).ConfigureAwait(false))
            {
                var place = Ledger.IsServer(source) ? LedgerAddress.Shown(source) : source;
                CheckMayJoin(await known.Sites.ListAsync(cancellation).ConfigureAwait(false), name,
                    place);
                await CopyAsync(known.Sites, place, target, name, count =>
                    progress?.Report(new WorkProgress(copied += count, copied)), cancellation)
                    .ConfigureAwait(false);
            }
            await using var site = await LocalLedger.OpenAsync(target, opening, cancellation)
                .ConfigureAwait(false);
            try
            {
                await site.Settler.AttendAsync().ConfigureAwait(false);
            }
            finally
            {
                isBegun = site.State.Height > 0;
            }
            return await site.GetInfoAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (isNew && !isBegun && (copied == 0
            || e is not (StoreUnavailableException or OperationCanceledException)))
        {
            Remove(target);
            throw;
        }
    }

    private static void Remove(string target)
    {
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal"])
            File.Delete(target + ending);
        if (Directory.Exists(target + ".index")) Directory.Delete(target + ".index", true);
    }

    private static void CheckMayJoin(IReadOnlyList<Site> sites, string name, string place)
    {
        if (sites.FirstOrDefault(site => site.Name == name) is not { } site)
        {
            throw Parse.Fault("site", name, $"was not added, as far as {place} has read: run "
                + $"'settle sites add {name}' at the founder");
        }
        if (site.State is "suspended" or "ended" or "retired")
            throw Parse.Fault("site", name, "no longer exists: join under another name");
        if (site.Height > 0 || site.IsOwn)
        {
            throw Parse.Fault("site", name, "has joined already, in another file: a second one "
                + "under its name would fork it. Add another site");
        }
    }

    private static async Task CopyAsync(IChains known, string place, string target, string name,
        Action<long> copied, CancellationToken cancellation)
    {
        await using var store = await SqliteStore.OpenAsync(
            target, SqliteAccess.ReadWriteCreate, cancellation).ConfigureAwait(false);
        var isNew = (await store.ReadAsync("", "\U0010FFFF", 1, cancellation)
            .ConfigureAwait(false)).Count == 0;
        var isBegun = !isNew
            && await SiteNote.SiteOfAsync(store, cancellation).ConfigureAwait(false) == name
            && await store.GetAsync(BlockId.Format(name, 1), cancellation).ConfigureAwait(false)
                is null;
        if (!isNew && !isBegun)
        {
            throw new InvalidRequestException("ledger",
                $"{target} holds a ledger already: name a new file");
        }
        var exchange = new SiteExchange(known, place, new StoredChains(store, name), target);
        await exchange.CheckAsync(cancellation).ConfigureAwait(false);
        if (isNew) await SiteNote.WriteAsync(store, name, cancellation).ConfigureAwait(false);
        await exchange.RunAsync(copied, cancellation).ConfigureAwait(false);
    }
}
