namespace Settle.Canaries;

/// <summary>The names and meanings in bugs.txt.</summary>
public static class BugList
{
    public static IReadOnlyList<(string Name, string Meaning)> Read(string path)
    {
        var bugs = new List<(string, string)>();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i + 1 < lines.Length; i++)
            if (lines[i].StartsWith("= ", StringComparison.Ordinal))
                bugs.Add((lines[i][2..].Trim(), lines[i + 1].Trim()));
        return bugs;
    }
}
