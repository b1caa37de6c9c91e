namespace Settle.Canaries;

/// <summary>The names in bugs.txt, and by which protocol each has to be found.</summary>
public static class BugList
{
    public static IReadOnlyList<(string Name, string Protocol)> Read(string path)
    {
        var bugs = new List<(string Name, string Protocol)>();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (lines[i].StartsWith("= ", StringComparison.Ordinal))
                bugs.Add((lines[i][2..].Trim(), "chain"));
            else if (lines[i].StartsWith("~ ", StringComparison.Ordinal))
                bugs[^1] = bugs[^1] with { Protocol = lines[i][2..].Trim() };
        }
        return bugs;
    }
}
