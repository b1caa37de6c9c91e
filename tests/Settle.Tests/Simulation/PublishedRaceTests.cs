using Settle.Benchmarks;
using Settle.Benchmarks.Baselines;
using Settle.Tests.Crash;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>
/// The published algorithm of 2014 as anybody would run it: nothing is arranged, all clocks are one,
/// and clients pay out of one account at the same time.
/// </summary>
[Collection<SharedCouch>]
public sealed class PublishedRaceTests(ITestOutputHelper output)
{
    private const int Rounds = 100;

    // More than half of what the account has, so that only one of them may succeed.
    private const long Amount = 600_000_000;

    [Theory]
    [InlineData(8)]
    [InlineData(2)]
    public async Task The_algorithm_of_2014_overdraws_in_some_rounds_by_itself(int clients)
    {
        LongTests.SkipUnlessWanted();
        var named = Environment.GetEnvironmentVariable(CouchFixture.Variable);
        Assert.SkipUnless(named is { Length: > 0 },
            $"pouchdb-server does not show it: name an Apache CouchDB in {CouchFixture.Variable}");
        var server = new Benchmarks.CouchServer(new Uri(named.Split(',')[0]));
        await using var bank = await Published2014.MakeAsync(server, Rounds + 1, history: 0);
        var overdrafts = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var transfer = new TransferRequest
            {
                From = TransferSource.AccountName(round),
                To = TransferSource.AccountName(Rounds),
                Amount = Minor(Amount),
            };
            var verdicts = await Task.WhenAll(Enumerable.Range(0, clients)
                .Select(_ => Task.Run(() => bank.TransferAsync(transfer))));
            if (verdicts.Count(isSuccessful => isSuccessful) > 1) overdrafts++;
        }
        output.WriteLine($"{clients} clients: {overdrafts} overdrafts in {Rounds} rounds");
        Assert.True(overdrafts > 0);
    }
}
