using Settle.Chain;
using Settle.Local;
using Settle.Stores.CouchDb;
using Settle.Tests.Crash;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// A real server whose processes are killed and frozen under load. They run when asked for, on a
/// server that a test may treat so.
/// </summary>
[Collection<SharedCouch>]
public sealed class CouchTrials(CouchFixture couch) : IDisposable
{
    private const int Endless = 1_000_000;

    private readonly TemporaryDirectory _cache = new();
    private readonly string? _cacheBefore = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", _cacheBefore);
        _cache.Dispose();
    }

    [Fact]
    public async Task Nothing_is_lost_or_reversed_while_nodes_are_killed_frozen_and_cut_off()
    {
        using var place = Begin(couch.NewClusterDatabase);
        var random = NewRandom();
        var nodes = await CouchNodes.StartAsync();
        var rounds = Number("SETTLE_TRIAL_ROUNDS", 24);
        await (await place.OpenAsync()).DisposeAsync();
        var acknowledged = new Acknowledged();
        var (unavailable, healed) = (0, 0);
        var writers = await StartWritersAsync(place, place.Nodes.Count, acknowledged.Count);
        for (var round = 0; round < rounds; round++)
        {
            var node = random.Next(nodes.Length);
            var fault = CouchNodes.Faults[random.Next(CouchNodes.Faults.Count)];
            await Task.Delay(random.Next(1500));
            CouchNodes.Begin(fault, node, nodes[node]);
            await Task.Delay(random.Next(fault switch
                { NodeFault.Killed => 2500, NodeFault.Frozen => 6000, _ => 20_000 }));
            CouchNodes.End(fault, node, nodes[node]);
            nodes = await CouchNodes.StartAsync();
            // Work goes on by itself: every writer settles something new.
            foreach (var writer in writers) await WaitForMoreAsync(writer);
            healed++;
            Log($"round {round}: node {node} {fault}, "
                + $"{writers.Sum(writer => writer.Lines.Count)} lines");
        }
        foreach (var writer in writers)
        {
            await writer.KillAsync();
            acknowledged.Add(writer);
            unavailable += writer.Lines.Count(line => !line.Contains(' ', StringComparison.Ordinal));
            writer.Dispose();
        }
        Log($"{acknowledged.Count} acknowledged, {unavailable} times not answered, {healed} times healed");
        await acknowledged.AssertKeptAsync(place.Location, random);
        await AssertOneChainAsync(place);
        await AssertViewsAsync(place);
        Assert.True(unavailable > 0, "no node was missed");
    }

    [Fact]
    public async Task A_server_killed_under_load_loses_nothing_that_was_acknowledged()
    {
        using var place = Begin(couch.NewDatabase);
        Assert.SkipUnless(place.Nodes.Count == 1, "is for a server of one node");
        var random = NewRandom();
        var nodes = await CouchNodes.StartAsync();
        var kills = Number("SETTLE_TRIAL_ROUNDS", 100);
        await (await place.OpenAsync()).DisposeAsync();
        var acknowledged = new Acknowledged();
        var writers = await StartWritersAsync(place, 2, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(400));
            CouchNodes.Kill(nodes[0]);
            nodes = await CouchNodes.StartAsync();
            foreach (var writer in writers) await WaitForMoreAsync(writer);
        }
        foreach (var writer in writers)
        {
            await writer.KillAsync();
            acknowledged.Add(writer);
            writer.Dispose();
        }
        Log($"{acknowledged.Count} acknowledged, {kills} kills");
        await acknowledged.AssertKeptAsync(place.Location, random);
    }

    private CouchPlace Begin(Func<CouchPlace> newDatabase)
    {
        LongTests.SkipUnlessWanted();
        CouchNodes.SkipUnlessControlled();
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", _cache.Path);
        return newDatabase();
    }

    // One writer for each node, on ranges that overlap, so that they race for ids and heights.
    private static async Task<HostProcess[]> StartWritersAsync(
        CouchPlace place, int count, int first)
    {
        HostProcess[] writers = [.. Enumerable.Range(0, count).Select(writer => new HostProcess(
            "insist", place.LocationAt(place.Nodes[writer % place.Nodes.Count]),
            $"{first + (writer * 50)}", $"{Endless}", $"{1 + (writer * 7)}", $"{2 + writer}"))];
        await Task.WhenAll(writers.Select(writer => writer.BeginAsync()));
        return writers;
    }

    private static async Task WaitForMoreAsync(HostProcess writer)
    {
        static int Settled(HostProcess writer) =>
            writer.Lines.Count(line => line.Contains(' ', StringComparison.Ordinal));
        var before = Settled(writer);
        var until = DateTime.UtcNow + TimeSpan.FromMinutes(3);
        while (Settled(writer) == before)
        {
            Assert.True(DateTime.UtcNow < until, "a writer does not go on");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // Through whichever node it is read, and on each copy, it is the same chain.
    private static async Task AssertOneChainAsync(CouchPlace place)
    {
        var chains = new List<string[]>();
        foreach (var node in place.Nodes)
        {
            await using var store = await CouchPlace.OpenStoreAsync(place.LocationAt(node));
            chains.Add([.. await ReadHashesAsync(store)]);
        }
        Assert.All(chains, chain => Assert.Equal(chains[0], chain));
    }

    // And the views of every node count it.
    private static async Task AssertViewsAsync(CouchPlace place)
    {
        await using var ledger = (LocalLedger)await place.OpenAsync();
        var balances = AvailableRows.Of(await ledger.ListBalancesAsync()).ToList();
        foreach (var node in place.Nodes)
        {
            using var user = place.AsAdminAt(node);
            // A view is of one copy; asked often, each of them answers.
            for (var asked = 0; asked < 6; asked++)
                Assert.Equal(balances, AvailableRows.ByView(user, DateTimeOffset.UtcNow));
        }
    }

    private static async Task<List<string>> ReadHashesAsync(CouchStore store)
    {
        var hashes = new List<string>();
        while (true)
        {
            var page = await store.ReadAsync(BlockId.Format("main", hashes.Count + 1),
                BlockId.Format("main", BlockId.HeightMax), 200, CancellationToken.None);
            hashes.AddRange(page.Select(block =>
                BlockDocument.Parse(block.Id, block.Body, keepsBytes: false).Header.Hash.ToString()));
            if (page.Count == 0) return hashes;
        }
    }

    private static Random NewRandom()
    {
        var seed = Environment.TickCount;
        Log($"seed {seed}");
        return new Random(seed);
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : usual;

    private static void Log(string line) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {line}");
}
