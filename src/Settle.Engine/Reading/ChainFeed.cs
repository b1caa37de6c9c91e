using System.Runtime.CompilerServices;

namespace Settle.Reading;

/// <summary>
/// The chain as a stream of events: its entries, and between them the holds that expired. No entry
/// says that a hold did; it belongs behind the last block whose time is before its expiry.
/// </summary>
internal sealed class ChainFeed(LedgerReader reader, TimeProvider clock)
{
    // A timer does not count while a machine sleeps, and the clock may be set.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<ChainEntry> FollowAsync(
        EntryPosition after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = after;
        var told = new HashSet<EntryLocation>();
        for (var height = long.Max(1, after.Height); ; height++)
        {
            // What expired before the block of an entry that was seen was seen with it.
            var isNew = height > after.Height;
            var above = reader.State.WhenAbove(height - 1);
            while (isNew && !above.IsCompleted)
            {
                // Whoever reads takes time, in which another hold may expire: one moment for both.
                var now = reader.Now;
                foreach (var hold in await ExpiredAsync(now, cancellation).ConfigureAwait(false))
                {
                    if (!told.Add(hold)) continue;
                    yield return await EventOfAsync(hold, last, cancellation).ConfigureAwait(false);
                }
                await WhenNextAsync(above, now, cancellation).ConfigureAwait(false);
            }
            await above.WaitAsync(cancellation).ConfigureAwait(false);
            foreach (var hold in isNew
                ? await FreedAsync(height, cancellation).ConfigureAwait(false) : [])
            {
                if (told.Contains(hold)) continue;
                yield return await EventOfAsync(hold, last, cancellation).ConfigureAwait(false);
            }
            told.Clear();
            var block = await reader.Blocks.GetAsync(height, cancellation).ConfigureAwait(false);
            foreach (var entry in BlockEntries.Of(block))
            {
                var shown = entry.ToChainEntry(block);
                last = shown.Position;
                if (shown.Position > after || after == default) yield return shown;
            }
        }
    }

    /// <summary>Where the holds are that have expired although no block says so yet.</summary>
    private Task<EntryLocation[]> ExpiredAsync(long now, CancellationToken cancellation) =>
        reader.ReadAsync(() => reader.State.Book
            .DurableHolds(null, default, int.MaxValue, HoldPlace.After(now))
            .Select(hold => hold.Location).ToArray(), cancellation);

    /// <summary>Where the holds are that a block freed at its beginning.</summary>
    private Task<EntryLocation[]> FreedAsync(long height, CancellationToken cancellation)
    {
        var start = new EntryLocation(height, 0);
        return reader.ReadAsync(() => reader.State.Index
            .Backward(new EntryLocation(start.Packed + 1), Movement.Lapsed)
            .TakeWhile(row => row.Location == start)
            .Select(row => new EntryLocation((ulong)row.Low)).Reverse().ToArray(), cancellation);
    }

    private async Task WhenNextAsync(Task above, long now, CancellationToken cancellation)
    {
        var next = await reader.ReadAsync(() => reader.State.Book
            .DurableHolds(null, HoldPlace.After(now), 1, HoldPlace.End)
            .FirstOrDefault(), cancellation).ConfigureAwait(false);
        if (next is not { ExpiresAt: < long.MaxValue and var time })
        {
            await above.WaitAsync(cancellation).ConfigureAwait(false);
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var wait = ChainTime.ToTime(time) - clock.GetUtcNow();
        // A timer may come a little early.
        var pause = Task.Delay(TimeSpan.FromTicks(long.Clamp(wait.Ticks,
            TimeSpan.TicksPerMillisecond, WaitMax.Ticks)), clock, over.Token);
        await Task.WhenAny(above, pause).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (above.IsFaulted) await above.ConfigureAwait(false);
    }

    private async Task<ChainEntry> EventOfAsync(
        EntryLocation location, EntryPosition behind, CancellationToken cancellation)
    {
        var hold = await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        return new ChainEntry(behind, ChainTime.ToTime(hold.Entry.ExpiresAt), Body(hold));
    }

    /// <summary>What an entry would say: canonical JSON, too.</summary>
    private static byte[] Body(RecalledEntry hold)
    {
        var (batch, entry, json) = (hold.Batch, hold.Entry, new JsonBuffer(256));
        json.Raw("{\"amount\":"u8);
        json.Number(entry.Amount);
        if (!entry.Asset.IsEmpty)
        {
            json.Raw(",\"asset\":"u8);
            json.String(batch.Bytes(entry.Asset));
        }
        json.Raw(",\"expires\":"u8);
        var time = (stackalloc byte[ChainTime.TextLength]);
        ChainTime.Write(time, entry.ExpiresAt);
        json.String(time);
        json.Raw(",\"from\":"u8);
        json.String(batch.Bytes(entry.From));
        json.Raw(",\"hold\":"u8);
        json.String(batch.Bytes(entry.Id));
        json.Raw(",\"to\":"u8);
        json.String(batch.Bytes(entry.To));
        json.Raw(",\"type\":\"expiry\"}"u8);
        return json.Written.ToArray();
    }
}
