namespace Settle.Bank;

/// <summary>
/// Finds numbers in texts that people wrote, whatever stands between their parts:
/// <c>RE2026-000123</c> and <c>2026 000123</c> are one.
/// </summary>
/// <typeparam name="T">What has a number.</typeparam>
internal sealed class NumberIndex<T>
    where T : class
{
    // A number has few parts: 2026-000123 has two.
    private const int PartsMax = 8;

    private readonly Dictionary<string, T> _byKey = new(StringComparer.Ordinal);
    private int _charsMax;

    public T? this[string number] => _byKey.GetValueOrDefault(Key(number));

    public void Set(string number, T thing)
    {
        var key = Key(number);
        _byKey[key] = thing;
        _charsMax = int.Max(_charsMax, key.Length);
    }

    /// <summary>
    /// What a text names, in its order. Of numbers that begin at the same place only the longest
    /// counts, and no other within it: <c>GS-2026-000123</c> is not <c>2026-000123</c> if there is
    /// one that is called so.
    /// </summary>
    public IEnumerable<T> Find(string text)
    {
        var parts = Parts(text);
        for (var start = 0; start < parts.Count; start++)
        {
            var (found, last) = ((T?)null, start);
            var number = new StringBuilder();
            for (var at = start; at < Math.Min(parts.Count, start + PartsMax); at++)
            {
                number.Append(parts[at]);
                if (number.Length > _charsMax) break;
                if (_byKey.TryGetValue(number.ToString(), out var thing))
                    (found, last) = (thing, at);
            }
            if (found is not null) yield return found;
            start = last;
        }
    }

    /// <summary>The same for numbers and names that differ only in how they are written.</summary>
    public static string Key(string number) => string.Concat(Parts(number));

    /// <summary>Runs of letters and runs of digits.</summary>
    public static List<string> Parts(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && Kind(text[at]) == Kind(text[start])) continue;
            if (Kind(text[start]) != 0) parts.Add(text[start..at].ToUpperInvariant());
            start = at;
        }
        return parts;

        static int Kind(char c) => char.IsAsciiDigit(c) ? 1 : char.IsLetter(c) ? 2 : 0;
    }
}
