using System.Text;
using Settle.Local;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>Whoever follows a ledger sees every later entry once.</summary>
public sealed class FollowTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task From_any_position_every_later_entry_comes_once_and_in_order(int seed)
    {
        await using var lived = await LivedLedger.LiveAsync(seed, 120);
        await lived.Ledger.TransferBatchAsync(Enumerable.Range(0, 20).Select(i => new TransferRequest
            { Id = $"batch-{i}", From = "@world", To = "Alex", Amount = Minor(1) }).ToArray());
        var past = await PlainFold.OfAsync(lived.Ledger);
        for (var seen = -1; seen < past.Entries.Count - 1; seen++)
        {
            var after = seen < 0 ? default : past.Entries[seen].Position;
            var later = past.Entries.Skip(seen + 1).ToList();
            Assert.Equal(later.Select(entry => (entry.Position, entry.Time, entry.Json.GetRawText())),
                await FollowAsync(lived.Ledger, after, later.Count));
        }
    }

    [Fact]
    public async Task A_position_that_no_entry_has_is_followed_from_the_next_one_on()
    {
        await using var lived = await LivedLedger.LiveAsync(3, 20);
        var entries = lived.Past.Entries;
        foreach (var entry in entries.Skip(1))
        {
            var found = await FollowAsync(lived.Ledger, new EntryPosition(entry.Height - 1, int.MaxValue), 1);
            Assert.Equal(entries.First(each => each.Height == entry.Height).Position, found[0].Position);
        }
    }

    [Fact]
    public async Task Followers_see_what_is_settled_while_they_follow_by_this_process_and_by_others()
    {
        await using var lived = await LivedLedger.LiveAsync(4, 30);
        await using var other = await MemoryLedger.OpenAsync(lived.Store, lived.Clock);
        const int More = 100;
        var following = Enumerable.Range(0, 4).Select(i => FollowAsync(lived.Ledger,
            lived.Past.Entries[i * 5].Position, lived.Past.Entries.Count - (i * 5) - 1 + More)).ToList();
        for (var i = 0; i < More; i++)
        {
            await (i % 3 == 0 ? other : lived.Ledger).TransferAsync(new TransferRequest
                { Id = $"more-{i}", From = "@world", To = "Alex", Amount = Minor(1) });
        }
        var past = await PlainFold.OfAsync(other);
        for (var i = 0; i < following.Count; i++)
        {
            Assert.Equal(past.Entries.Skip((i * 5) + 1).Select(entry => entry.Position),
                (await following[i]).Select(entry => entry.Position));
        }
    }

    [Fact]
    public async Task Whoever_follows_a_ledger_that_is_disposed_hears_of_it()
    {
        using var directory = new TemporaryDirectory();
        var ledger = await LocalLedger.OpenAsync(
            directory.File("bank.db"), new LedgerOptions(), CancellationToken.None);
        await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Alex", Amount = Minor(1) });
        var newest = (await FollowAsync(ledger, default, 2))[^1].Position;
        var waiting = FollowAsync(ledger, newest, 1);
        var late = ledger.FollowAsync(newest).GetAsyncEnumerator();
        await ledger.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => late.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    private static async Task<List<(EntryPosition Position, DateTimeOffset Time, string Body)>> FollowAsync(
        LocalLedger ledger, EntryPosition after, int count)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var seen = new List<(EntryPosition, DateTimeOffset, string)>();
        if (count == 0) return seen;
        await foreach (var entry in ledger.FollowAsync(after, timeout.Token))
        {
            // Holds that expire are told between entries: see ExpiryEventTests.
            if (ChainEvent.TypeOf(entry.Body.Span) == "expiry") continue;
            seen.Add((entry.Position, entry.Time, Encoding.UTF8.GetString(entry.Body.Span)));
            if (seen.Count == count) break;
        }
        return seen;
    }
}
