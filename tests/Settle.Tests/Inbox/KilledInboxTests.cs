using Settle.Tests.Client;
using Settle.Tests.Crash;
using Settle.Tests.Processes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>A settling process is killed after its block is written and before any document has its outcome.</summary>
[Collection<SharedCouch>]
public sealed class KilledInboxTests(CouchFixture couch)
{
    private const int DocumentsPerKill = 15;

    // What a process settles at once is decided before it sends the first outcome; more would wait.
    private const int KillsPerHealing = 20;

    private static int Kills => LongTests.Wanted ? 100 : 4;

    [Fact]
    public async Task What_the_killed_process_decided_is_shown_by_the_next_one()
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var proxy = new LossyProxy(place.Place.Server);
        await using var reader = await Ledger.OpenAsync(place.Place.Location,
            new LedgerOptions { CacheFolder = place.Place.Cache, IsReadOnly = true });
        var ids = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            for (var number = 0; number < DocumentsPerKill; number++)
            {
                ids.Add($"k-{kill}-{number}");
                place.Drop(InboxPlace.Document(ids[^1], number % 5 == 0 ? 99_999 : 1 + (number % 3)));
            }
            await KillAtMarkAsync(place, proxy);
            Assert.Contains(ids[^1], place.Pending());
            await UntilDecidedAsync(reader, ids[^1]);
            if ((kill + 1) % KillsPerHealing == 0) await HealAsync(place);
        }
        await HealAsync(place);
        foreach (var id in ids) await AssertShownAsync(place, reader, id);
        var report = await place.VerifyAsync();
        Assert.True(report.IsClean);
        Assert.Equal(4 + ids.Count, report.Entries);
    }

    /// <summary>Whether a document says what the chain says.</summary>
    internal static async Task AssertShownAsync(InboxPlace place, ILedger reader, string id)
    {
        var (shown, decided) = (place.Read(id), await reader.GetTransferAsync(id));
        Assert.NotNull(decided);
        Assert.Equal((id, Words<EntryStatus>.Of(decided.Status), decided.Reason?.Text(), decided.Block),
            (id, shown["status"]!.GetValue<string>(), shown["reason"]?.GetValue<string>(),
                (long)shown["block"]!));
    }

    // The request that would write outcomes never arrives: its process dies as it sends it.
    private static async Task KillAtMarkAsync(InboxPlace place, LossyProxy proxy)
    {
        using var cache = new TemporaryDirectory();
        var marking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.OnRequest = async text =>
        {
            if (!text.Contains("_bulk_docs", StringComparison.Ordinal)) return;
            marking.TrySetResult();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        };
        using var host = new HostProcess(
            "documents", place.Place.LocationAt(proxy.Address), cache.Path);
        await host.BeginAsync();
        await marking.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await host.KillAsync();
    }

    private static async Task HealAsync(InboxPlace place)
    {
        using var cache = new TemporaryDirectory();
        await using var ledger = await Ledger.OpenAsync(
            place.Place.Location, new LedgerOptions { CacheFolder = cache.Path });
        await place.SettledAsync();
    }

    private static async Task UntilDecidedAsync(ILedger reader, string id)
    {
        var patience = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (await reader.GetTransferAsync(id) is null)
        {
            Assert.True(DateTime.UtcNow < patience, $"{id} was not decided before its outcome was to be written");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
