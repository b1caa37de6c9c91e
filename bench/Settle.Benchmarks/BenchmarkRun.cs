using System.Diagnostics;
using Settle.Benchmarks.Baselines;
using Settle.Benchmarks.Workloads;

namespace Settle.Benchmarks;

/// <summary>Runs the money workloads, each beside its baselines, in one folder and one process.</summary>
public static class BenchmarkRun
{
    /// <summary>The workloads and what each is about.</summary>
    public static IReadOnlyList<(string Name, string About)> Known { get; } =
    [
        ("one", "one client in this process, one transfer at a time"),
        ("calls-64", "64 single calls in flight, in this process"),
        ("calls-4096", "4 096 single calls in flight, in this process"),
        ("batches", "batches of 8 192, four in flight, in this process, 10 000 accounts"),
        ("hot", "the same, one account paying everybody"),
        ("accounts", "the same, 1 000 000 accounts"),
        ("http-batches", "batches of 8 192 over HTTP, two in flight"),
        ("http-batches-1000", "batches of 1 000 over HTTP, four in flight"),
        ("http-calls", "64 single calls in flight through Settle.Client, which merges them"),
        ("history", "batches on top of a long history, then opening it again"),
        ("charges", "single charges beside single transfers, with few and with many open ones, in memory"),
        ("invoices", "a run that invoices 1 000 000 charges of 100 000 customers"),
        ("sites", "batches at one of two sites beside a ledger with one, then the other site reads them"),
        ("sites-waits", "how many transfers wait for money of other sites, with 50 ms between 2, 5 and 10 of them"),
        ("couch", "a ledger in CouchDB beside the algorithm published in 2014"),
        ("couch-inbox", "transfers dropped into CouchDB as documents, settled and marked"),
        ("couch-catch-up", "a ledger in CouchDB, read by a process that does not know it"),
        ("couch-views", "the views of a ledger in CouchDB, built from nothing"),
    ];

    /// <summary>Measures and tells each result as it is there.</summary>
    /// <exception cref="InvalidRequestException">No workload has that name.</exception>
    public static async Task RunAsync(BenchmarkOptions options, Action<Measurement> onResult,
        CancellationToken cancellation = default)
    {
        Check(options);
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("settle-bench-").FullName;
        Directory.CreateDirectory(folder);
        try
        {
            foreach (var (name, _) in Known)
            {
                cancellation.ThrowIfCancellationRequested();
                var isWanted = options.Workloads.Count == 0
                    ? name is not ("history" or "invoices") && !NeedsCouchDb(name) : options.Workloads.Contains(name);
                if (!isWanted) continue;
                var place = Path.Combine(folder, name);
                Directory.CreateDirectory(place);
                await foreach (var result in Start(name, place, options, cancellation).ConfigureAwait(false))
                    onResult(result);
                Directory.Delete(place, recursive: true);
            }
        }
        finally
        {
            if (options.Folder is null) Directory.Delete(folder, recursive: true);
        }
    }

    /// <exception cref="InvalidRequestException">No workload has that name.</exception>
    public static void Check(BenchmarkOptions options)
    {
        foreach (var name in options.Workloads)
        {
            if (!Known.Any(known => known.Name == name))
                throw new InvalidRequestException("workload", $"'{name}' is none of "
                    + string.Join(", ", Known.Select(known => known.Name)));
            if (NeedsCouchDb(name) && options.CouchDb is null)
                throw new InvalidRequestException("couchdb", $"'{name}' needs the address of a CouchDB server");
        }
    }

    private static bool NeedsCouchDb(string name) => name.StartsWith("couch", StringComparison.Ordinal);

    /// <summary>The machine, and what one sync of its disk costs now.</summary>
    public static string Conditions(BenchmarkOptions options)
    {
        var folder = options.Folder ?? Path.GetTempPath();
        var syncs = Limit.Measure(folder, 200, 1);
        return $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, "
            + $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}; one sync of 122 bytes "
            + $"{1000 / syncs:F2} ms; durable (WAL, synchronous=FULL), ids in no order, index on";
    }

    internal static double PerSecond(long transfers, Stopwatch stopwatch) =>
        transfers / stopwatch.Elapsed.TotalSeconds;

    private static IAsyncEnumerable<Measurement> Start(string name, string folder, BenchmarkOptions options,
        CancellationToken cancellation) => name switch
    {
        "one" => SingleCalls.RunAsync(name, folder, 3_000, 1, cancellation),
        "calls-64" => SingleCalls.RunAsync(name, folder, 200_000, 64, cancellation),
        "calls-4096" => SingleCalls.RunAsync(name, folder, options.Transfers, 4096, cancellation),
        "batches" => Batches.RunAsync(name, folder, options.Transfers, 10_000, false, cancellation),
        "hot" => Batches.RunAsync(name, folder, options.Transfers, 10_000, true, cancellation),
        "accounts" => Batches.RunAsync(name, folder, options.Transfers, 1_000_000, false, cancellation),
        "http-batches" => HttpBatches.RunAsync(name, folder, options.Transfers, 8192, 2, cancellation),
        "http-batches-1000" => HttpBatches.RunAsync(name, folder, options.Transfers / 2, 1000, 4, cancellation),
        "http-calls" => HttpCalls.RunAsync(name, folder, 200_000, 64, cancellation),
        "charges" => Charges.RunAsync(int.Min(options.Transfers, 20_000), cancellation),
        "invoices" => Invoices.RunAsync(folder, options.Transfers, cancellation),
        "sites" => SiteTransfers.RunAsync(name, folder, options.Transfers, cancellation),
        "sites-waits" => SiteWaits.RunAsync(name),
        "couch" => Couch.RunAsync(name, folder, new CouchServer(options.CouchDb!), cancellation),
        "couch-inbox" => Couch.InboxAsync(name, folder, new CouchServer(options.CouchDb!)),
        "couch-catch-up" => Couch.CatchUpAsync(name, folder, new CouchServer(options.CouchDb!), options.Transfers),
        "couch-views" => Couch.BuildViewsAsync(name, folder, new CouchServer(options.CouchDb!), options.Transfers),
        _ => History.RunAsync(name, folder, options, cancellation),
    };
}
