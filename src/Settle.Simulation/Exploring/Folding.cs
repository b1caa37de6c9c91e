namespace Settle.Simulation;

/// <summary>Folds what was seen into one number.</summary>
internal static class Folding
{
    public static ulong Of(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in text) hash = (hash ^ letter) * 0x100000001B3;
        return Of(hash);
    }

    public static ulong Of(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>First one, then the other.</summary>
    public static ulong Then(ulong first, ulong second) =>
        Of(ulong.RotateLeft(first, 23) * 0x9E3779B97F4A7C15 ^ second);
}
