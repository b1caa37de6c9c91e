using Settle.Benchmarks;

namespace Settle.Cli.Commands;

internal sealed class BenchCommand : SettleCommand
{
    private readonly Argument<string[]> _workloads = new("workload")
    {
        Description = "What to measure [default: all but 'history', 'invoices' and those on "
            + "CouchDB]: "
            + string.Join(", ", BenchmarkRun.Known.Select(known => known.Name)),
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int> _transfers = Typed.Integer("--transfers", "COUNT",
        "Transfers in each batched workload", 1, int.MaxValue, 1_000_000);

    private readonly Option<int> _history = Typed.Integer("--history", "COUNT",
        "Transfers of history for the workload 'history'", 1, int.MaxValue, 10_000_000);

    private readonly Option<string?> _couchDb = new("--couchdb")
    {
        Description = "The server for the workloads on CouchDB, http://user:password@host:5984; "
            + "they make databases of their own and remove them. Default: SETTLE_COUCHDB_URL",
    };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description =
            "Where the files go, on the disk to measure [default: a temporary folder]",
    };

    public BenchCommand(CliContext context)
        : base(context, "bench",
            "Measures this machine: money workloads, each beside a hand-written baseline and the "
                + "disk's limit.",
            "settle bench", "settle bench batches http-batches",
            "settle bench history --history 1000000",
            "settle bench couch --couchdb http://admin:secret@127.0.0.1:5984")
    {
        _workloads.CompletionSources.Add([.. BenchmarkRun.Known.Select(known => known.Name)]);
        Add(_workloads);
        Add(_transfers);
        Add(_history);
        Add(_couchDb);
        Add(_folder);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var options = new BenchmarkOptions
        {
            Workloads = words.GetValue(_workloads) ?? [],
            Transfers = words.GetValue(_transfers),
            History = words.GetValue(_history),
            CouchDb = CouchDb(words.GetValue(_couchDb)
                ?? Context.Environment("SETTLE_COUCHDB_URL")),
            Folder = words.GetValue(_folder),
        };
        BenchmarkRun.Check(options);
        if (!WantsJson(words)) Context.Output.WriteLine(BenchmarkRun.Conditions(options));
        var results = new List<Measurement>();
        await BenchmarkRun.RunAsync(options, result =>
        {
            results.Add(result);
            if (WantsJson(words)) return;
            Context.Output.WriteLine(BenchmarkText.Line(result));
            Context.Output.Flush();
        }, cancellation);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(
                JsonSerializer.Serialize(results, ReportJson.Default.ListMeasurement));
        }
        return ExitStatus.Done;
    }

    // The variable may name the nodes of a cluster: the first one is measured.
    private static Uri? CouchDb(string? urls)
    {
        if (string.IsNullOrWhiteSpace(urls)) return null;
        if (Uri.TryCreate(urls.Split(',')[0], UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https") return url;
        throw new UsageException("--couchdb: must be http(s)://user:password@host:5984");
    }
}
