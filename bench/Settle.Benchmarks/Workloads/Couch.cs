using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Settle.Benchmarks.Baselines;
using Settle.Local;

namespace Settle.Benchmarks.Workloads;

/// <summary>A ledger in CouchDB, beside the published algorithm on the same server.</summary>
internal static class Couch
{
    private const int Accounts = 100;
    private const int ManyClients = 16;
    private const int PublishedTransfers = 64;
    private const int SingleTransfers = 4_000;
    private const int Documents = 10_000;
    private const int DocumentsPerBulk = 500;
    private const int BulksAtOnce = 3;
    private const int BatchedTransfers = 20 * Batches.BatchSize;

    private static readonly int[] Histories = [0, 1_000, 10_000];

    /// <summary>Both, with more and more history.</summary>
    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, CouchServer server,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var history in Histories)
        {
            cancellation.ThrowIfCancellationRequested();
            var after = string.Create(CultureInfo.InvariantCulture, $"{name}: after {history:N0}");
            double one, many;
            await using (var bank = await Published2014.MakeAsync(server, Accounts, history).ConfigureAwait(false))
            {
                one = await PublishedAsync(bank, 1).ConfigureAwait(false);
                yield return new Measurement($"{after}, 2014", PublishedTransfers, 1, 1, one, "as published");
                many = await PublishedAsync(bank, ManyClients).ConfigureAwait(false);
                yield return new Measurement($"{after}, 2014", PublishedTransfers, 1, ManyClients, many, "as published");
            }
            await foreach (var result in SettleAsync(after, folder, server, history, (one, many))
                .ConfigureAwait(false))
                yield return result;
        }
    }

    /// <summary>A server that sees the chain for the first time.</summary>
    public static async IAsyncEnumerable<Measurement> CatchUpAsync(string name, string folder, CouchServer server,
        int transfers)
    {
        try
        {
            await using (var first = await OpenAsync(server, folder, "writer").ConfigureAwait(false))
            {
                await Prepared.OpenAccountsAsync(first, Accounts).ConfigureAwait(false);
                await Batches.MeasureAsync(first, new TransferSource(Accounts), transfers).ConfigureAwait(false);
            }
            var alone = new CouchAlone(server, "bank");
            foreach (var readers in (int[])[1, 2])
            {
                var byHand = await alone.ReadBlocksAsync(transfers, readers).ConfigureAwait(false);
                yield return new Measurement($"{name}, by hand", transfers, Batches.BatchSize, readers, byHand,
                    "the same blocks read, and nothing done with them");
            }
            var stopwatch = Stopwatch.StartNew();
            await using var second = await OpenAsync(server, folder, "reader").ConfigureAwait(false);
            var perSecond = BenchmarkRun.PerSecond(transfers, stopwatch);
            yield return new Measurement(name, transfers, Batches.BatchSize, 1, perSecond,
                $"{(await second.GetInfoAsync().ConfigureAwait(false)).Height:N0} blocks read by one that had no index");
        }
        finally
        {
            await server.RemoveAsync("bank").ConfigureAwait(false);
        }
    }

    /// <summary>The views of a long chain, whose index is made once more.</summary>
    public static async IAsyncEnumerable<Measurement> BuildViewsAsync(string name, string folder, CouchServer server,
        int transfers)
    {
        try
        {
            await using (var ledger = await OpenAsync(server, folder, "writer").ConfigureAwait(false))
            {
                await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
                await Batches.MeasureAsync(ledger, new TransferSource(Accounts), transfers).ConfigureAwait(false);
            }
            var perSecond = await new CouchAlone(server, "bank").BuildViewsAsync(transfers).ConfigureAwait(false);
            yield return new Measurement(name, transfers, Batches.BatchSize, 1, perSecond,
                string.Create(CultureInfo.InvariantCulture, $"built in {transfers / perSecond:F1} s"));
        }
        finally
        {
            await server.RemoveAsync("bank").ConfigureAwait(false);
        }
    }

    /// <summary>Documents that clients dropped: decided, committed in blocks, and marked.</summary>
    public static async IAsyncEnumerable<Measurement> InboxAsync(string name, string folder, CouchServer server)
    {
        try
        {
            await using (var ledger = await OpenAsync(server, folder, "accounts").ConfigureAwait(false))
                await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
            var bulks = MakeDocuments(server.User);
            var alone = new CouchAlone(server, "bank");
            foreach (var hasRules in (bool[])[false, true])
            {
                var byHand = await alone.WriteAsync(bulks, BulksAtOnce, hasRules).ConfigureAwait(false);
                yield return new Measurement($"{name}, by hand", Documents, DocumentsPerBulk, BulksAtOnce, byHand,
                    $"the same documents written in bulk, {With(hasRules)}");
            }
            await DropAsync(server, bulks).ConfigureAwait(false);
            var options = new LedgerOptions { CacheFolder = Path.Combine(folder, "accounts") };
            var stopwatch = Stopwatch.StartNew();
            var report = await LedgerDocuments.ResolveAsync(
                server.LedgerLocation("bank"), DateTimeOffset.UtcNow, options).ConfigureAwait(false);
            var perSecond = BenchmarkRun.PerSecond(Documents, stopwatch);
            if (report.Successful != Documents) throw new InvalidOperationException($"{report}");
            yield return new Measurement(name, Documents, 1, 1, perSecond, "documents settled and marked");
        }
        finally
        {
            await server.RemoveAsync("bank").ConfigureAwait(false);
        }
    }

    private static List<JsonArray> MakeDocuments(string author)
    {
        var source = new TransferSource(Accounts);
        return Enumerable.Range(0, Documents).Chunk(DocumentsPerBulk)
            .Select(part => new JsonArray([.. part.Select(_ => Document(source.Make(), author))])).ToList();
    }

    private static JsonObject Document(TransferRequest transfer, string author) => new()
    {
        ["_id"] = $"transfer:{transfer.Id}", ["type"] = "transfer", ["from"] = transfer.From,
        ["to"] = transfer.To, ["amount"] = (long)transfer.Amount.Units, ["timestamp"] = "2026-01-01T00:00:00Z",
        ["author"] = author, ["teller"] = true, ["status"] = "pending",
    };

    private static async Task DropAsync(CouchServer server, IEnumerable<JsonArray> bulks)
    {
        using var database = server.NewDatabase("bank");
        foreach (var bulk in bulks)
        {
            using var body = JsonBody.Of(new JsonObject { ["docs"] = bulk.DeepClone() });
            using var answer = await database.PostAsync("_bulk_docs", body).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string With(bool hasRules) => hasRules ? "under the ledger's rules" : "without rules";

    private static async IAsyncEnumerable<Measurement> SettleAsync(string after, string folder, CouchServer server,
        int history, (double One, double Many) published)
    {
        try
        {
            await using var ledger = await OpenAsync(server, folder, $"after-{history}").ConfigureAwait(false);
            await Prepared.OpenAccountsAsync(ledger, Accounts).ConfigureAwait(false);
            var source = new TransferSource(Accounts);
            if (history > 0) await Batches.MeasureAsync(ledger, source, history).ConfigureAwait(false);
            var batched = await Batches.MeasureAsync(ledger, source, BatchedTransfers).ConfigureAwait(false);
            yield return new Measurement($"{after}", BatchedTransfers, Batches.BatchSize, Batches.InFlight, batched,
                $"{batched / published.One:N0} x one client of 2014");
            foreach (var hasRules in (bool[])[false, true])
            {
                var alone = await new CouchAlone(server, "bank").PutBlocksAsync(hasRules).ConfigureAwait(false);
                yield return new Measurement($"{after}, by hand", BatchedTransfers, Batches.BatchSize, 1, alone,
                    $"the same blocks put one after another, {With(hasRules)}");
            }
            var single = await SingleCalls.MeasureAsync(ledger, SingleTransfers, ManyClients, 1L << 50, Accounts)
                .ConfigureAwait(false);
            yield return new Measurement($"{after}", SingleTransfers, 1, ManyClients, single,
                $"{single / published.Many:N0} x {ManyClients} clients of 2014");
        }
        finally
        {
            await server.RemoveAsync("bank").ConfigureAwait(false);
        }
    }

    private static async Task<LocalLedger> OpenAsync(CouchServer server, string folder, string cache) =>
        (LocalLedger)await Ledger.OpenAsync(server.LedgerLocation("bank"),
            new LedgerOptions { CacheFolder = Path.Combine(folder, cache) }).ConfigureAwait(false);

    private static async Task<double> PublishedAsync(Published2014 bank, int clients)
    {
        var stopwatch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var source = new TransferSource(Accounts, (long)client << 24);
            for (var i = 0; i < PublishedTransfers / clients; i++)
                await bank.TransferAsync(source.Make()).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return BenchmarkRun.PerSecond(PublishedTransfers, stopwatch);
    }
}
