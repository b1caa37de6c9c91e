using Settle.Simulation;

namespace Settle.Cli.Commands;

/// <content>Every order of the steps of small cases.</content>
internal sealed partial class SimulateCommand
{
    private static readonly TimeSpan ExploringMax = TimeSpan.FromHours(2);

    // A bar moves; lines are for a log.
    private static readonly TimeSpan BarEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LineEvery = TimeSpan.FromMinutes(1);

    private Task<int> ExploreAsync(ParseResult words, CancellationToken cancellation) =>
        words.GetValue(_protocol) switch
        {
            "chain" => ExploreChainAsync(words, cancellation),
            "chain-sites" => ExploreSitesAsync(words, cancellation),
            "posts-2014-staged" => ExplorePostsAsync(words, isStaged: true, cancellation),
            "posts-2014-delayed" => ExplorePostsAsync(words, isStaged: false, cancellation),
            _ => throw new UsageException("--exhaustive can only be used with --protocol chain, "
                + "chain-sites, posts-2014-staged or posts-2014-delayed"),
        };

    private async Task<int> ExplorePostsAsync(ParseResult words, bool isStaged,
        CancellationToken cancellation)
    {
        var start = Context.Time.GetTimestamp();
        var explorer = new PostsExplorer(isStaged);
        var violation = await Task.Run(
            () => explorer.Explore(cancellation), CancellationToken.None);
        var report = new PostsExplorationReport(words.GetValue(_protocol)!, explorer.States,
            explorer.Cases, Context.Time.GetElapsedTime(start).TotalSeconds,
            violation?.ToString(), explorer.Steps);
        if (WantsJson(words))
        {
            Context.Output.WriteLine(JsonSerializer.Serialize(
                report, ReportJson.Default.PostsExplorationReport));
        }
        else
        {
            foreach (var step in report.Steps) Context.Output.WriteLine(step);
            var seen = violation is null ? "all of them" : "until one broke a promise";
            Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Protocol}, three clients of one transfer each: {report.States} states, "
                + $"{report.Cases} cases, {report.Seconds:0} s, {seen}: ")
                + (report.Violation ?? "no promise was broken"));
        }
        return violation is null ? ExitStatus.Done : ExitStatus.Refused;
    }

    private Task<int> ExploreSitesAsync(ParseResult words, CancellationToken cancellation) =>
        ExploreAllAsync(words, SitesCase.All, async sites =>
        {
            var explorer = new SitesExplorer(sites);
            var violation = await Task.Run(
                () => explorer.Explore(ExploringMax, cancellation), CancellationToken.None);
            return new ExplorationReport(sites.Name, explorer.States, explorer.Ends,
                explorer.Open, explorer.Depth, explorer.Seconds, explorer.IsComplete,
                violation?.ToString(), explorer.Steps);
        }, cancellation);

    private Task<int> ExploreChainAsync(ParseResult words, CancellationToken cancellation) =>
        ExploreAllAsync(words, Scope.All, async scope =>
        {
            var explorer = new Explorer(scope, words.GetValue(_jobs));
            var violation = await ProgressBar.RunAsync(Context, scope.Name,
                progress => ExploreAsync(explorer, scope, progress, cancellation));
            return new ExplorationReport(scope.Name, explorer.States, explorer.Orders,
                explorer.Open, explorer.Depth, explorer.Seconds, explorer.IsComplete,
                violation?.ToString(), explorer.Steps);
        }, cancellation);

    private async Task<int> ExploreAllAsync<T>(ParseResult words, IReadOnlyList<T> cases,
        Func<T, Task<ExplorationReport>> explore, CancellationToken cancellation)
    {
        var reports = new List<ExplorationReport>();
        foreach (var each in cases)
        {
            var report = await explore(each);
            reports.Add(report);
            if (!WantsJson(words)) WriteLines(report);
            if (cancellation.IsCancellationRequested) break;
        }
        if (WantsJson(words))
        {
            Context.Output.WriteLine(JsonSerializer.Serialize(
                reports, ReportJson.Default.ListExplorationReport));
        }
        return reports.Count(report => report.IsComplete) == cases.Count ? ExitStatus.Done
            : reports.Exists(report => report.Violation is not null) ? ExitStatus.Refused
            : cancellation.IsCancellationRequested ? ExitStatus.Interrupted : ExitStatus.Refused;
    }

    private async Task<Violation?> ExploreAsync(Explorer explorer, Scope scope,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var every = progress is null ? LineEvery : BarEvery;
        await using (Context.Time.CreateTimer(_ => Tell(), null, every, every))
        {
            return await Task.Run(
                () => explorer.Explore(ExploringMax, cancellation), CancellationToken.None);
        }

        void Tell()
        {
            var (orders, open) = (explorer.Orders, explorer.Open);
            var text = string.Create(CultureInfo.InvariantCulture,
                $"{scope.Name}: {explorer.States} states, {orders} orders, {open} still open");
            if (progress is null) Context.Error.WriteLine(text);
            else progress.Report(new WorkProgress(orders, orders + open + 1, text));
        }
    }

    private void WriteLines(ExplorationReport report)
    {
        foreach (var step in report.Steps) Context.Output.WriteLine(step);
        var end = report.IsComplete ? ", all of them"
            : report.Violation is null ? string.Create(CultureInfo.InvariantCulture,
                $", NOT FINISHED with {report.Open} still open") : "";
        Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Case}: {report.States} states, {report.Orders} orders of up to "
            + $"{report.Depth} steps, {report.Seconds:0} s{end}: ")
            + (report.Violation ?? "no promise was broken"));
        Context.Output.Flush();
    }
}
