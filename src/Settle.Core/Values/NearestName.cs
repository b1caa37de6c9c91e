namespace Settle;

/// <summary>The known name that somebody who mistyped probably meant.</summary>
internal static class NearestName
{
    private const int LettersPerMistake = 3;

    /// <summary><c>; did you mean 'amount'?</c>, or nothing when no name is near.</summary>
    public static string Suggest(string word, IEnumerable<string> known) =>
        Find(word, known) is { } best ? $"; did you mean '{best}'?" : "";

    /// <summary>The nearest name, the first if several are; null when none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known) => known
        .Where(name => Math.Abs(name.Length - word.Length) <= MistakesMax(name))
        .Select(name => (Name: name, Distance: Distance(word, name)))
        .Where(near => near.Distance <= MistakesMax(near.Name))
        .OrderBy(near => near.Distance).Select(near => near.Name).FirstOrDefault();

    private static int MistakesMax(string name) =>
        int.Max(1, name.TrimStart('-').Length / LettersPerMistake);

    // Levenshtein's distance, in which two letters that changed places are one mistake.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = int.Min(int.Min(rows[i - 1, j], rows[i, j - 1]) + 1, changed);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = int.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }
        return rows[a.Length, b.Length];
    }
}
