namespace Settle.Tests.Settling;

/// <summary>Bad weather from a seed.</summary>
internal sealed class SeededFaults(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>In a hundred calls so many go wrong.</summary>
    public int Percent { get; set; } = 25;

    public void Strike(UnreliableStore store)
    {
        store.OnCreate = async _ =>
        {
            await PauseAsync();
            return Next(100) >= Percent ? StoreFault.None : (StoreFault)(1 + Next(4));
        };
        store.OnRead = async () =>
        {
            await PauseAsync();
            if (Next(100) < Percent / 5) throw new StoreUnavailableException("the test says so");
        };
        store.Missing = () => Next(4) == 0 ? 1 : 0;
    }

    // Sometimes at once, sometimes when others had a turn.
    private async ValueTask PauseAsync()
    {
        for (var turns = Next(4); turns > 0; turns--) await Task.Yield();
    }

    private int Next(int max)
    {
        lock (_random) return _random.Next(max);
    }
}
