using Settle.Simulation;

namespace Settle.Cli.Commands;

internal sealed partial class SimulateCommand : SettleCommand
{
    private static readonly TimeSpan ShrinkingMax = TimeSpan.FromSeconds(20);

    private readonly Option<long?> _seed = Typed.Value("--seed", "NUMBER",
        "The first seed, a number [default: random]", Typed.Integer(0, long.MaxValue));

    private readonly Option<long> _schedules =
        Typed.Integer("--schedules", "COUNT", "How many seeds to run", 1, long.MaxValue, 1000);

    private readonly Option<string> _protocol = new("--protocol")
    {
        Description = "What to run: " + string.Join("; ",
            Protocol.All.Select(known => $"'{known.Name}', {known.Meaning}")),
        DefaultValueFactory = _ => Protocol.All[0].Name,
    };

    private readonly Option<string?> _world = new("--world")
    {
        Description = "The largest world, such as 'servers=2 clients=3 calls=4 kinds=transfers "
            + "faults=crash,lostanswer only=14,17', with the numbers of what may come by chance; "
            + "what you leave out keeps its value",
    };

    private readonly Option<int?> _jobs = Typed.Value("--jobs", "COUNT",
        "How many to run at once [default: one per processor]", Typed.Integer(1, 1024));

    private readonly Option<bool> _trace = new("--trace")
    {
        Description = "Show the steps of the last schedule, and shrink nothing",
    };

    private readonly Option<bool> _exhaustive = new("--exhaustive")
    {
        Description = "Instead: every order of the steps of small cases, with every fault at every "
            + "place; takes long. With posts-2014-staged or posts-2014-delayed: of three clients",
    };

    public SimulateCommand(CliContext context)
        : base(context, "simulate",
            "Runs servers and clients on a failing store in virtual time, one schedule per seed, "
            + "and checks every promise. If one is broken, it shows the steps and the command "
            + "that repeats them. Exit status 1 means that a promise was broken, or that "
            + "--exhaustive did not finish.",
            "settle simulate", "settle simulate --schedules 1000000",
            "settle simulate --protocol posts-2014",
            "settle simulate --seed 7 --schedules 1 --trace",
            "settle simulate --exhaustive",
            "settle simulate --protocol posts-2014-staged --exhaustive")
    {
        Add(_seed);
        Add(_schedules);
        _protocol.CompletionSources.Add([.. Protocol.All.Select(known => known.Name)]);
        Add(_protocol);
        Add(_world);
        Add(_jobs);
        Add(_trace);
        Add(_exhaustive);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        if (words.GetValue(_exhaustive)) return await ExploreAsync(words, cancellation);
        var name = words.GetValue(_protocol)!;
        var protocol = Protocol.Find(name) ?? throw new UsageException(
            $"--protocol: '{name}' is none of "
            + string.Join(", ", Protocol.All.Select(known => known.Name)));
        var bounds = WorldOf(words, protocol);
        var seed = (ulong)(words.GetValue(_seed)
            ?? Context.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_003);
        var schedules = words.GetValue(_schedules);
        var sweep = new Sweep(protocol, bounds, words.GetValue(_jobs));
        var found = await ProgressBar.RunAsync(Context, "simulate",
            progress => SweepAsync(sweep, seed, schedules, progress, cancellation));
        if (words.GetValue(_trace))
        {
            var shown = protocol.Run(found?.Seed ?? seed + (ulong)schedules - 1, bounds, true);
            return Report(words, protocol, bounds, seed, sweep, shown);
        }
        if (found is not null)
        {
            (found, bounds) = await Task.Run(() => new Shrinking(
                protocol, found.Violation!, ShrinkingMax).Shrink(found.Seed, bounds),
                CancellationToken.None);
        }
        var status = Report(words, protocol, bounds, seed, sweep, found);
        return found is null && sweep.Done < schedules ? ExitStatus.Interrupted : status;
    }

    private async Task<SimulatedRun?> SweepAsync(Sweep sweep, ulong seed, long schedules,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var every = progress is null ? LineEvery : BarEvery;
        await using (Context.Time.CreateTimer(_ => Tell(), null, every, every))
        {
            return await Task.Run(
                () => sweep.Find(seed, schedules, cancellation: cancellation),
                CancellationToken.None);
        }

        void Tell()
        {
            if (progress is not null) progress.Report(new WorkProgress(sweep.Done, schedules));
            else Context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{sweep.Done} of {schedules} schedules from seed {seed}"));
        }
    }

    private int Report(ParseResult words, Protocol protocol, Bounds bounds, ulong seed, Sweep sweep,
        SimulatedRun? shown)
    {
        var result = new SimulationReport(protocol.Name, seed, sweep.Done,
            sweep.Seconds > 0 ? sweep.Done / sweep.Seconds : 0, sweep.Steps,
            shown?.Violation?.ToString(),
            shown is null ? null : CommandOf(protocol, bounds, shown.Seed), shown?.Trace ?? []);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(JsonSerializer.Serialize(
                result, ReportJson.Default.SimulationReport));
        }
        else
        {
            WriteLines(result, words.GetValue(_schedules));
        }
        return result.Violation is null ? ExitStatus.Done : ExitStatus.Refused;
    }

    private void WriteLines(SimulationReport result, long wanted)
    {
        foreach (var line in result.Trace) Context.Output.WriteLine(line);
        if (result.Violation is not null)
        {
            Context.Output.WriteLine($"broken promise: {result.Violation}");
            Context.Output.WriteLine($"again: {result.Again}");
        }
        var all = result.Violation is null && result.Schedules < wanted
            ? string.Create(CultureInfo.InvariantCulture, $"ended early: of {wanted}, ") : "";
        Context.Output.WriteLine(all + string.Create(CultureInfo.InvariantCulture,
            $"{result.Schedules} schedules from seed {result.Seed}, {result.PerSecond:0} a second, "
            + $"{result.Steps} steps: ")
            + (result.Violation is null ? "no promise was broken" : "a promise was broken"));
    }

    private string CommandOf(Protocol protocol, Bounds bounds, ulong seed) =>
        $"{Context.Program} simulate --protocol {protocol.Name} "
        + $"--seed {seed.ToString(CultureInfo.InvariantCulture)} --schedules 1 "
        + $"--world '{bounds}' --trace";

    private Bounds WorldOf(ParseResult words, Protocol protocol)
    {
        if (words.GetValue(_world) is not { } text) return protocol.Bounds;
        try
        {
            return Bounds.Parse(text, protocol.Bounds);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--world: {e.Message}");
        }
    }
}
