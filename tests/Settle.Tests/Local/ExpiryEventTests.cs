using System.Text.Json;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>Whoever follows a ledger hears of holds that expire.</summary>
public sealed class ExpiryEventTests
{
    [Fact]
    public async Task A_hold_that_a_block_frees_is_told_before_its_entries_wherever_the_stream_begins()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        await HoldAsync(ledger, "H1", 60);
        await HoldAsync(ledger, "H2", 30);
        await HoldAsync(ledger, "H3", 7200);
        clock.Now += TimeSpan.FromHours(1);
        await ledger.TransferAsync("@world", "Alex", Minor(1), "t");

        string[] all = ["ledger @ledger", "hold H1", "hold H2", "hold H3", "expiry H2", "expiry H1", "transfer t"];
        Assert.Equal(all, await FollowAsync(ledger, default, all.Length));
        Assert.Equal(all[3..], await FollowAsync(ledger, new EntryPosition(2, 0), 4));
        Assert.Equal(all[4..], await FollowAsync(ledger, new EntryPosition(3, 0), 3));
    }

    [Fact]
    public async Task A_hold_that_only_the_clock_ends_is_told_once_and_not_again_by_the_next_block()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        await HoldAsync(ledger, "H1", 60);
        var following = FollowAsync(ledger, default, 4);
        clock.Now += TimeSpan.FromHours(1);
        var told = FollowAsync(ledger, new EntryPosition(1, 1), 1);
        Assert.Equal(["expiry H1"], await told);
        await ledger.TransferAsync("@world", "Alex", Minor(1), "t");

        Assert.Equal(["ledger @ledger", "hold H1", "expiry H1", "transfer t"], await following);
    }

    [Fact]
    public async Task A_hold_that_expires_while_another_one_is_told_is_told_too()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        await HoldAsync(ledger, "H1", 60);
        await HoldAsync(ledger, "H2", 120);
        clock.Now += TimeSpan.FromSeconds(90);
        var told = await FollowAsync(ledger, new EntryPosition(2, 0), 2, onSeen: seen =>
        {
            if (seen == "expiry H1") clock.Now += TimeSpan.FromSeconds(60);
        });
        Assert.Equal(["expiry H1", "expiry H2"], told);
    }

    [Fact]
    public async Task A_hold_that_was_captured_or_voided_does_not_expire()
    {
        var clock = new ManualClock();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, clock);
        await HoldAsync(ledger, "H1", 60);
        await HoldAsync(ledger, "H2", 60);
        await ledger.CaptureAsync(new CaptureRequest { Id = "c", Hold = "H1" });
        await ledger.VoidAsync(new VoidRequest { Id = "v", Hold = "H2" });
        clock.Now += TimeSpan.FromHours(1);
        await ledger.TransferAsync("@world", "Alex", Minor(1), "t");

        Assert.Equal(["capture c", "void v", "transfer t"],
            (await FollowAsync(ledger, default, 6))[3..]);
    }

    private static Task<Hold> HoldAsync(LocalLedger ledger, string id, int seconds) => ledger.HoldAsync(
        new HoldRequest
        {
            Id = id, From = "@world", To = "hotel", Amount = Minor(5), ExpiresIn = TimeSpan.FromSeconds(seconds),
        });

    private static async Task<List<string>> FollowAsync(
        LocalLedger ledger, EntryPosition after, int count, Action<string>? onSeen = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<string>();
        await foreach (var entry in ledger.FollowAsync(after, patience.Token))
        {
            using var json = JsonDocument.Parse(entry.Body);
            var type = ChainEvent.TypeOf(entry.Body.Span);
            seen.Add($"{type} {json.RootElement.GetProperty(type == "expiry" ? "hold" : "id").GetString()}");
            onSeen?.Invoke(seen[^1]);
            if (seen.Count == count) break;
        }
        return seen;
    }
}
