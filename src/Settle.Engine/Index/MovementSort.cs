using System.Buffers;

namespace Settle.Index;

/// <summary>
/// Orders movements by account, keeping the order of the chain within each. Rows are first dealt into buckets that
/// fit the processor's cache: a plain sort of a million rows is mostly cache misses.
/// </summary>
internal static class MovementSort
{
    private const int BucketBits = 8;

    /// <param name="movements">The rows, in the order of the chain.</param>
    /// <param name="sorted">Takes as many rows.</param>
    public static void ByAccount(ReadOnlySpan<Movement> movements, Span<MovementRow> sorted)
    {
        var accountMax = 0;
        foreach (ref readonly var movement in movements) accountMax = int.Max(accountMax, movement.Account);
        var shift = int.Max(0, 32 - int.LeadingZeroCount(accountMax) - BucketBits);
        Span<int> ends = stackalloc int[1 << BucketBits];
        ends.Clear();
        foreach (ref readonly var movement in movements) ends[movement.Account >> shift]++;
        for (var i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        var pooled = ArrayPool<MovementRow>.Shared.Rent(movements.Length);
        var dealt = pooled.AsSpan(0, movements.Length);
        // Backward, so that every bucket's end walks down to its start and the order stays.
        for (var i = movements.Length - 1; i >= 0; i--)
            dealt[--ends[movements[i].Account >> shift]] = new MovementRow(movements[i]);
        var keys = Array.Empty<ulong>();
        for (var bucket = 0; bucket < ends.Length; bucket++)
        {
            var start = ends[bucket];
            var end = bucket + 1 < ends.Length ? ends[bucket + 1] : dealt.Length;
            if (keys.Length < end - start) keys = new ulong[(end - start) * 2];
            SortBucket(dealt[start..end], sorted[start..end], keys.AsSpan(0, end - start));
        }
        ArrayPool<MovementRow>.Shared.Return(pooled);
    }

    private static void SortBucket(ReadOnlySpan<MovementRow> dealt, Span<MovementRow> sorted, Span<ulong> keys)
    {
        for (var i = 0; i < keys.Length; i++) keys[i] = (dealt[i].Key << 32) | (uint)i;
        keys.Sort();
        for (var i = 0; i < keys.Length; i++) sorted[i] = dealt[(int)(uint)keys[i]];
    }
}
