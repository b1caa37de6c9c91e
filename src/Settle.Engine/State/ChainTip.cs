using Settle.Stores;

namespace Settle.State;

/// <summary>
/// Finds the newest block of a store that can only be read upwards: by doubling, then halving.
/// </summary>
internal static class ChainTip
{
    public static async Task<long> FindAsync(
        IStore store, string site, CancellationToken cancellation)
    {
        async Task<bool> HasAsync(long height) =>
            await store.GetAsync(BlockId.Format(site, height), cancellation)
                .ConfigureAwait(false) is not null;
        if (!await HasAsync(1).ConfigureAwait(false)) return 0;
        long low = 1, high = 2;
        while (await HasAsync(high).ConfigureAwait(false)) (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (await HasAsync(middle).ConfigureAwait(false)) low = middle;
            else high = middle;
        }
        return low;
    }
}
