using System.CommandLine;
using Settle;
using Settle.Fuzz;
using Settle.Fuzz.Targets;

var names = new Argument<string[]>("target") { Description = "Which readers; all by default" };
var minutes = new Option<double>("--minutes")
{
    Description = "How long in all, shared equally; 0 for as many runs as --runs says",
};
var runs = new Option<int>("--runs")
{
    Description = "How many inputs for each reader", DefaultValueFactory = _ => 20_000,
};
var seed = new Option<int?>("--seed") { Description = "What chance begins with; a new one by default" };
var replay = new Option<FileInfo?>("--replay") { Description = "Runs one kept input and nothing else" };
var isCopy = new Option<bool>("--instrumented") { Hidden = true };
var command = new RootCommand("Mutates input for every reader of outside bytes, guided by coverage")
{
    names, minutes, runs, seed, replay, isCopy,
};
command.SetAction((parsed, cancellation) =>
{
    if (!parsed.GetValue(isCopy)) return InstrumentedCopy.RunAsync(args, cancellation);
    Coverage.Clear(); // The product counts from its first branch on.
    var wanted = parsed.GetValue(names)!;
    var targets = AllTargets.Named(wanted);
    NameRules.Composed("\u1000"); // Its tables are read once, and no input is blamed for them.
    if (parsed.GetValue(replay) is { } kept)
    {
        foreach (var target in targets) target.Run(File.ReadAllBytes(kept.FullName));
        return Task.FromResult(0);
    }
    var chance = parsed.GetValue(seed) ?? Random.Shared.Next();
    var share = TimeSpan.FromMinutes(parsed.GetValue(minutes) / targets.Count);
    return Task.FromResult(new Campaign(chance, parsed.GetValue(runs), share).Run(targets, cancellation));
});
return await command.Parse(args).InvokeAsync();
