using System.CommandLine;
using System.Text.Json;
using Settle.Benchmarks;
using Settle.Cli.Output;

namespace Settle.Cli.Commands;

internal sealed class BenchCommand : SettleCommand
{
    private readonly Argument<string[]> _workloads = new("workload")
    {
        Description = "What to measure; all but 'history' if nothing is said: "
            + string.Join(", ", BenchmarkRun.Known.Select(known => known.Name)),
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int> _transfers = new("--transfers")
    {
        Description = "Transfers in each batched workload",
        DefaultValueFactory = _ => 1_000_000,
    };

    private readonly Option<int> _history = new("--history")
    {
        Description = "Transfers of history for the workload 'history'",
        DefaultValueFactory = _ => 10_000_000,
    };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description =
            "Where the files go, on the disk to be measured; a temporary folder if nothing is said",
    };

    public BenchCommand(CliContext context)
        : base(context, "bench",
            "Measures this machine: money workloads, each beside a hand-written baseline and the "
                + "disk's limit.",
            "settle bench", "settle bench batches http-batches",
            "settle bench history --history 1000000")
    {
        Add(_workloads);
        Add(_transfers);
        Add(_history);
        Add(_folder);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var options = new BenchmarkOptions
        {
            Workloads = words.GetValue(_workloads) ?? [],
            Transfers = AtLeastOne("transfers", words.GetValue(_transfers)),
            History = AtLeastOne("history", words.GetValue(_history)),
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
                JsonSerializer.Serialize(results, BenchmarkJson.Default.ListMeasurement));
        }
        return ExitStatus.Done;
    }

    private static int AtLeastOne(string option, int value) =>
        value > 0 ? value : throw new UsageException($"--{option}: must be at least 1");
}
