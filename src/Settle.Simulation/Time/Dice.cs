namespace Settle.Simulation;

/// <summary>
/// All chance of a run: the same numbers from the same seed on every machine and version of .NET.
/// </summary>
/// <param name="seed">Decides all of them.</param>
/// <param name="chances">Counts what comes; null for a count of its own.</param>
internal sealed class Dice(ulong seed, Chances? chances = null)
{
    private ulong _state = seed;

    public Chances Chances { get; } = chances ?? new Chances();

    public ulong Next()
    {
        // SplitMix64.
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Both ends included.</summary>
    public long Between(long low, long high) => low + (long)(Next() % (ulong)(high - low + 1));

    public bool Chance(int perMille) => Chances.Comes(Below(1000) < perMille);

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
