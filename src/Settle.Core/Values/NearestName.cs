namespace Settle;

/// <summary>The known name that somebody who mistyped probably meant.</summary>
internal static class NearestName
{
    private const int LettersPerMistake = 3;

    /// <summary><c>; did you mean 'amount'?</c>, or nothing when no name is near.</summary>
    public static string Suggest(string word, IEnumerable<string> known)
    {
        var best = known.Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(near => near.Distance <= MistakesMax(near.Name))
            .OrderBy(near => near.Distance).Select(near => near.Name).FirstOrDefault();
        return best is null ? "" : $"; did you mean '{best}'?";
    }

    private static int MistakesMax(string name) =>
        int.Max(1, name.TrimStart('-').Length / LettersPerMistake);

    // Levenshtein's distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = int.Min(int.Min(row[j], row[j - 1]) + 1, changed);
                diagonal = above;
            }
        }
        return row[^1];
    }
}
