using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Settle.Local;
using Settle.Peers;

namespace Settle.Benchmarks.Workloads;

/// <summary>
/// A site's own transfers beside those of a ledger with one site, in turns; then another site reads them all.
/// </summary>
internal static class SiteTransfers
{
    private const int Accounts = 10_000;

    private const int Rounds = 4;

    private const string Tag = "@shop";

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, int transfers,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var alone = await OpenAsync(folder, "alone", cancellation).ConfigureAwait(false);
        await using var office = await OpenAsync(folder, "office", cancellation).ConfigureAwait(false);
        await office.InitializeAsync("USD", cancellationToken: cancellation).ConfigureAwait(false);
        // Its accounts have their home at the shop, which may overdraw them without limit.
        await office.Sites.AddAsync(new SiteRequest { Name = "shop", Prefix = "customer:" }, cancellation)
            .ConfigureAwait(false);
        await SiteJoin.RunAsync(Path.Combine(folder, "shop.db"), "shop", Path.Combine(folder, "office.db"),
            new LedgerOptions(), null, cancellation).ConfigureAwait(false);
        await using var shop = await OpenAsync(folder, "shop", cancellation).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(alone, Accounts, Tag).ConfigureAwait(false);
        await Prepared.OpenAccountsAsync(shop, Accounts, Tag).ConfigureAwait(false);

        // The same transfers, with the same ids, so that blocks are as large.
        var (one, other) = (new TransferSource(Accounts, tag: Tag), new TransferSource(Accounts, tag: Tag));
        await Batches.MeasureAsync(alone, one, transfers / Rounds).ConfigureAwait(false);
        await Batches.MeasureAsync(shop, other, transfers / Rounds).ConfigureAwait(false);
        var (single, site) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            single += 1 / await Batches.MeasureAsync(alone, one, transfers / Rounds).ConfigureAwait(false);
            site += 1 / await Batches.MeasureAsync(shop, other, transfers / Rounds).ConfigureAwait(false);
        }
        var (perSecond, baseline) = (Rounds / site, Rounds / single);
        yield return new Measurement($"{name}: one site", transfers, Batches.BatchSize, Batches.InFlight, baseline);
        yield return new Measurement(name, transfers, Batches.BatchSize, Batches.InFlight, perSecond,
            string.Create(CultureInfo.InvariantCulture, $"{perSecond / baseline:P0} of a ledger with one site"));
        yield return await CatchUpAsync(name, shop, office, cancellation).ConfigureAwait(false);
    }

    private static async Task<Measurement> CatchUpAsync(
        string name, LocalLedger shop, LocalLedger office, CancellationToken cancellation)
    {
        var entries = (await shop.GetInfoAsync(cancellation).ConfigureAwait(false)).Entries;
        var exchange = new SiteExchange(shop.Sites, "shop", office.Sites, "office");
        var stopwatch = Stopwatch.StartNew();
        await exchange.RunAsync(_ => { }, cancellation).ConfigureAwait(false);
        var copied = stopwatch.Elapsed.TotalSeconds;
        while ((await office.Sites.ListAsync(cancellation).ConfigureAwait(false)).Any(each => each.Read < each.Height))
            await office.Settler.AttendAsync().ConfigureAwait(false);
        return new Measurement($"{name}: catch-up", entries, Batches.BatchSize, 1,
            entries / stopwatch.Elapsed.TotalSeconds, string.Create(CultureInfo.InvariantCulture,
                $"another site takes, checks and reads them; copying ended after {copied / stopwatch.Elapsed.TotalSeconds:P0} of the time"));
    }

    private static async Task<LocalLedger> OpenAsync(string folder, string name, CancellationToken cancellation) =>
        (LocalLedger)await Ledger.OpenAsync(Path.Combine(folder, $"{name}.db"), cancellationToken: cancellation)
            .ConfigureAwait(false);
}
