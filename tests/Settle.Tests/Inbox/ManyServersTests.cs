using System.Text.Json.Nodes;
using Settle.Tests.Crash;
using Settle.Tests.Processes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>Many processes settle one database, while clients drop documents into it.</summary>
[Collection<SharedCouch>]
public sealed class ManyServersTests(CouchFixture couch)
{
    private const int Wallets = 6;

    private static readonly (int Servers, int Clients, int Documents) Size =
        LongTests.Wanted ? (8, 4, 1500) : (3, 2, 150);

    [Fact]
    public async Task Every_id_is_decided_once_and_every_document_says_how()
    {
        using var place = await InboxPlace.NewAsync(couch);
        using var caches = new TemporaryDirectory();
        await using var ledger = await place.OpenAsync();
        for (var wallet = 0; wallet < Wallets; wallet++)
        {
            await ledger.PutAccountAsync(new AccountRequest
                { Account = $"w{wallet}", Owners = [$"user{wallet}"] });
            await ledger.TransferAsync(new TransferRequest
                { Id = $"fund-{wallet}", From = "@world", To = $"w{wallet}", Amount = Minor(400) });
        }
        HostProcess[] servers = [.. Enumerable.Range(0, Size.Servers).Select(number => new HostProcess(
            "documents", place.Place.Location, caches.File($"cache-{number}")))];
        await Task.WhenAll(servers.Select(server => server.BeginAsync()));

        await Task.WhenAll(Enumerable.Range(0, Size.Clients).Select(client =>
            Task.Run(() => DropAll(place.Place, client), TestContext.Current.CancellationToken)));
        await place.SettledAsync();
        await LedgerDocuments.ResolveAsync(place.Place.Location, DateTimeOffset.UtcNow,
            new LedgerOptions { CacheFolder = place.Place.Cache });
        foreach (var server in servers)
        {
            await server.KillAsync();
            server.Dispose();
        }

        var total = Size.Clients * Size.Documents;
        var report = await place.VerifyAsync();
        Assert.True(report.IsClean);
        Assert.Equal(4 + (2 * Wallets) + total, report.Entries);
        await using var reader = await place.OpenAsync();
        var reasons = new HashSet<string>();
        for (var client = 0; client < Size.Clients; client++)
        {
            for (var number = 0; number < Size.Documents; number++)
            {
                await KilledInboxTests.AssertShownAsync(place, reader, $"m-{client}-{number}");
                reasons.Add(place.Verdict($"m-{client}-{number}"));
            }
        }
        Assert.Superset(
            new HashSet<string> { "successful", "insufficient_funds", "not_allowed" }, reasons);
        var balances = await reader.ListBalancesAsync();
        Assert.All(balances, each => Assert.True(each.Account == "@world" || !each.Available.IsNegative));
        var byView = place.Client
            .Get($"{InboxPlace.Design}/_list/available/balance-available?group=true")["rows"]!.AsArray()
            .ToDictionary(row => row!["account"]!.GetValue<string>(), row => (long)row!["available"]!);
        Assert.All(balances, each => Assert.Equal((long)each.Available.Units, byView[each.Account]));
    }

    // In small bulks, as a device that was away for a while.
    private static void DropAll(CouchPlace place, int client)
    {
        using var user = place.AsAdmin();
        var random = new Random(client);
        for (var first = 0; first < Size.Documents; first += 10)
        {
            var documents = Enumerable.Range(first, 10).Select(number =>
            {
                var (from, to) = (random.Next(Wallets), random.Next(Wallets - 1));
                var author = random.Next(10) == 0 ? random.Next(Wallets) : from;
                return (JsonNode)InboxPlace.Document($"m-{client}-{number}", random.Next(1, 120),
                    $"user{author}", $"w{from}", $"w{(to >= from ? to + 1 : to)}",
                    $"2026-11-21T20:{random.Next(60):d2}:00Z");
            });
            user.Send(HttpMethod.Post, "_bulk_docs",
                new JsonObject { ["docs"] = new JsonArray([.. documents]) });
        }
    }
}
