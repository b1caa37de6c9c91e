using Settle.Simulation;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// The counterexamples to the published algorithms, as docs/correctness.md shows them: the simulator
/// prints them, and a real server does what they say.
/// </summary>
[Collection<SharedCouch>]
public sealed class PublishedAlgorithmTests(CouchFixture couch)
{
    private const int StepsMax = 15;

    [Theory]
    [InlineData("posts-2014-skewed", 8)]
    [InlineData("posts-2014-delayed", 10)]
    [InlineData("posts-2014-equal", 8)]
    [InlineData("posts-2014-lagging", 8)]
    public void The_algorithm_of_2014_overdraws_on_a_real_server(string protocol, int steps)
    {
        using var place = couch.NewDatabase();
        using var database = NewDatabase(place);
        var trace = PublishedTrace.Find(protocol, "floor: ");
        Assert.Equal(steps, trace.Steps.Count);
        var replay = new TransferReplay(database, trace);
        replay.Run();
        Assert.Equal("floor: Alex has -2", trace.End);
        Assert.Equal("Alex has -2", replay.Balance("Alex"));
    }

    [Fact]
    public void The_invoicing_of_2010_bills_twice_on_a_real_server()
    {
        using var place = couch.NewDatabase();
        using var database = NewDatabase(place);
        var trace = PublishedTrace.Find("posts-2010", "once: ");
        var replay = new InvoicingReplay(database);
        foreach (var step in trace.Steps) replay.Make(step);
        // "once: c1 is on i2 and i1"
        var words = trace.End.Split(' ');
        Assert.NotEqual(words[4], words[6]);
        Assert.Contains(words[1], replay.ChargesOf(words[4]));
        Assert.Contains(words[1], replay.ChargesOf(words[6]));
    }

    [Fact]
    public void The_invoicing_of_2010_never_sends_what_a_dead_run_wrote_on_a_real_server()
    {
        using var place = couch.NewDatabase();
        using var database = NewDatabase(place);
        var trace = PublishedTrace.Find("posts-2010", "sent: ");
        var replay = new InvoicingReplay(database);
        foreach (var step in trace.Steps) replay.Make(step);
        // "sent: i1 was never sent": it is there, nobody sent it, and no run will find its charges.
        var invoice = trace.End.Split(' ')[1];
        Assert.NotEmpty(replay.ChargesOf(invoice));
        Assert.DoesNotContain(invoice, replay.Sent);
        Assert.Equal("nothing", replay.Uninvoiced());
    }

    [Fact]
    public void A_trace_that_is_not_true_fails()
    {
        using var place = couch.NewDatabase();
        using var database = NewDatabase(place);
        var trace = PublishedTrace.Find("posts-2014-skewed", "floor: ");
        var balance = trace.Lines.Last(line => line.Contains("has", StringComparison.Ordinal));
        var wrong = trace with
        {
            Lines = [.. trace.Lines.Select(line => line == balance ? balance + "0" : line)],
        };
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new TransferReplay(
            database, new PublishedTrace(wrong.Protocol, wrong.Seed, wrong.Lines, wrong.End)).Run());
    }

    [Fact]
    public void The_simulator_prints_each_trace_as_it_is_shown()
    {
        foreach (var trace in PublishedTrace.All)
        {
            var protocol = Protocol.Find(trace.Protocol)!;
            var run = protocol.Run(trace.Seed, protocol.Bounds, true);
            Assert.Equal(trace.Lines, run.Trace);
            Assert.Equal(trace.End, run.Violation?.ToString());
            Assert.InRange(trace.Steps.Count, 4, StepsMax);
        }
    }

    [Fact]
    public void Every_published_algorithm_that_is_broken_has_a_trace() => Assert.Equal(
        Protocol.All.Where(protocol => protocol.IsBroken && protocol.Name != "posts-2014")
            .Select(protocol => protocol.Name).Order(),
        PublishedTrace.All.Select(trace => trace.Protocol).Distinct().Order());

    [Fact]
    public void Every_one_of_them_is_found_from_a_fresh_seed()
    {
        var seed = (ulong)Random.Shared.NextInt64(1L << 40);
        foreach (var protocol in Protocol.All.Where(protocol => protocol.IsBroken))
        {
            var found = new Sweep(protocol, protocol.Bounds).Find(seed, 100_000);
            Assert.True(found is not null, $"{protocol.Name} from seed {seed}");
        }
    }

    // One copy: what was written is seen by the next look, as in the trace.
    private static CouchUser NewDatabase(CouchPlace place)
    {
        var database = place.AsAdmin();
        using var made = place.Send(HttpMethod.Put, "?n=1");
        Assert.True(made.IsSuccessStatusCode, $"{made.StatusCode}");
        return database;
    }
}
