using System.Globalization;
using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>The simulator itself, and as many schedules as a test has time for.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan SweepMax = TimeSpan.FromSeconds(20);

    private static Protocol Chain => Protocol.Find("chain")!;

    [Theory]
    [InlineData("chain", 1)]
    [InlineData("chain", 2026)]
    [InlineData("chain", 987_654_321)]
    [InlineData("chain-cluster", 1)]
    [InlineData("chain-cluster", 2026)]
    [InlineData("chain-inbox", 1)]
    [InlineData("chain-inbox-cluster", 1)]
    [InlineData("chain-billing", 1)]
    [InlineData("chain-billing-cluster", 1)]
    [InlineData("chain-restored", 1)]
    [InlineData("chain-billing", 2026)]
    [InlineData("chain-sites", 1)]
    [InlineData("chain-sites", 2026)]
    public void One_seed_gives_one_run(string name, ulong seed)
    {
        var protocol = Protocol.Find(name)!;
        for (var at = seed; at < seed + 20; at++)
        {
            var (first, second) = OnThreads(() => protocol.Run(at, protocol.Bounds, true));
            Assert.NotEqual(0, first.Steps);
            Assert.Equal(first.Trace, second.Trace);
            Assert.Equal((first.Steps, first.Fingerprint), (second.Steps, second.Fingerprint));
        }
    }

    [Fact]
    public void Keeping_the_trace_changes_nothing()
    {
        var (kept, unkept) = (Chain.Run(5, Chain.Bounds, true), Chain.Run(5, Chain.Bounds, false));
        Assert.NotEmpty(kept.Trace);
        Assert.Empty(unkept.Trace);
        Assert.Equal(kept.Fingerprint, unkept.Fingerprint);
    }

    [Fact]
    public void Another_seed_gives_another_run() => Assert.Equal(50, Enumerable.Range(0, 50)
        .Select(seed => Chain.Run((ulong)seed, Chain.Bounds, false).Fingerprint)
        .Distinct().Count());

    [Theory]
    [InlineData("chain")]
    [InlineData("chain-cluster")]
    [InlineData("chain-inbox")]
    [InlineData("chain-inbox-cluster")]
    [InlineData("chain-billing")]
    [InlineData("chain-billing-cluster")]
    [InlineData("chain-restored")]
    [InlineData("chain-sites")]
    public void No_promise_is_broken_in_fresh_schedules(string name)
    {
        var protocol = Protocol.Find(name)!;
        var seed = (ulong)Random.Shared.NextInt64(1L << 40);
        var sweep = new Sweep(protocol, protocol.Bounds);
        var found = sweep.Find(seed, long.MaxValue, SweepMax);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sweep.Done} schedules from seed {seed}, {sweep.Done / sweep.Seconds:0} a second"));
        Assert.True(found is null, string.Create(CultureInfo.InvariantCulture,
            $"settle simulate --protocol {name} --seed {found?.Seed} --schedules 1 --trace: ")
            + $"{found?.Violation}");
        Assert.True(sweep.Done > 0);
    }

    [Theory]
    [InlineData("writes checkpoint-")]
    [InlineData("deletes ids-")]
    [InlineData("the power fails")]
    [InlineData("an old index comes back")]
    [InlineData("an index of another ledger")]
    [InlineData("a file of an index is lost: ids-")]
    public void It_happens_to_indexes_in_schedules(string what) => Assert.Contains(
        Enumerable.Range(1, 1500), seed => Chain.Run((ulong)seed, Chain.Bounds, true)
            .Trace.Any(line => line.Contains(what, StringComparison.Ordinal)));

    [Theory]
    [InlineData("the database is put back to an older state")]
    [InlineData("the newest state is put back")]
    [InlineData("has its clock set")]
    public void It_happens_to_databases_in_schedules(string what)
    {
        var restored = Protocol.Find("chain-restored")!;
        Assert.Contains(Enumerable.Range(1, 300), seed => restored.Run((ulong)seed, restored.Bounds, true)
            .Trace.Any(line => line.Contains(what, StringComparison.Ordinal)));
    }

    [Fact]
    public void Worlds_without_indexes_on_disk_are_the_same_whether_there_could_be_some()
    {
        var none = Chain.Bounds with { HasIndexes = false };
        var same = Enumerable.Range(1, 100).Count(seed =>
            Chain.Run((ulong)seed, Chain.Bounds, false).Fingerprint
            == Chain.Run((ulong)seed, none, false).Fingerprint);
        Assert.InRange(same, 50, 99);
    }

    [Fact]
    public void The_published_algorithm_overdraws_in_a_few_steps()
    {
        var posts = Protocol.Find("posts-2014")!;
        var found = new Sweep(posts, posts.Bounds).Find(1, 100_000);
        Assert.Equal("floor", found?.Violation?.Rule);
        var (run, bounds) = new Shrinking(posts, found!.Violation!, TimeSpan.FromSeconds(10))
            .Shrink(found.Seed, posts.Bounds);
        foreach (var line in run.Trace) output.WriteLine(line);
        Assert.InRange(run.Trace.Count, 4, 15);
        Assert.Equal("floor", posts.Run(run.Seed, bounds, false).Violation?.Rule);
    }

    [Fact]
    public void What_came_by_chance_and_does_not_matter_is_taken_from_a_failing_run()
    {
        // Settle with a promise that nothing ever dies: what matters is one death.
        var fragile = Chain with
        {
            Run = (seed, bounds, _) => Chain.Run(seed, bounds, true) is var run
                && run.Trace.FirstOrDefault(line => line.EndsWith("dies", StringComparison.Ordinal))
                    is { } death
                ? run with { Violation = new Violation("death", death) } : run,
        };
        var found = new Sweep(fragile, fragile.Bounds).Find(1, 1000)!;
        var (run, bounds) = new Shrinking(fragile, found.Violation!, TimeSpan.FromSeconds(4))
            .Shrink(found.Seed, fragile.Bounds);
        output.WriteLine($"{bounds}");
        foreach (var line in run.Trace) output.WriteLine(line);
        Assert.InRange(run.Came.Count, 1, 4);
        Assert.Equal(run.Came, bounds.Only);
        var again = fragile.Run(run.Seed, Bounds.Parse($"{bounds}", new Bounds()), true);
        Assert.Equal((run.Fingerprint, run.Violation), (again.Fingerprint, again.Violation));
    }

    [Fact]
    public void With_timestamps_given_at_the_insert_it_does_not()
    {
        var staged = Protocol.Find("posts-2014-staged")!;
        Assert.Null(new Sweep(staged, staged.Bounds).Find(1, 20_000));
    }

    [Theory]
    [InlineData("servers=2 clients=1 calls=3 kinds=transfers indexes=none faults=LostAnswer,Crash")]
    [InlineData("servers=1 clients=4 calls=8 kinds=all indexes=some faults=PowerCut")]
    [InlineData("servers=3 clients=4 calls=8 kinds=all indexes=some faults=all")]
    [InlineData("servers=3 clients=4 calls=8 kinds=all indexes=some faults=all only=3,17,204")]
    [InlineData("servers=3 clients=4 calls=8 kinds=all indexes=some faults=all only=none")]
    public void A_world_is_read_as_it_is_written(string text) =>
        Assert.Equal(text, Bounds.Parse(text, new Bounds()).ToString());

    [Theory]
    [InlineData("servers=0")]
    [InlineData("clients=many")]
    [InlineData("faults=rain")]
    [InlineData("planets=3")]
    [InlineData("only=3,some")]
    public void A_world_that_makes_no_sense_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Bounds.Parse(text, new Bounds()));

    // On threads of their own, so that nothing but the seed can be the same.
    private static (T First, T Second) OnThreads<T>(Func<T> run)
    {
        var results = new T[2];
        var threads = Enumerable.Range(0, 2).Select(at => new Thread(
            () => results[at] = run(), 16 * 1024 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return (results[0], results[1]);
    }
}
