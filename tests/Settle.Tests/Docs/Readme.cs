using System.Text.RegularExpressions;
using Settle.Tests.Style;

namespace Settle.Tests.Docs;

/// <summary>The README and the commands in it.</summary>
internal static partial class Readme
{
    public static string Text { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The commands of the blocks behind a mark, each with the output that it
    /// shows.</summary>
    public static IEnumerable<(string Command, string Output)> Commands(string mark) =>
        CommandsIn(Text, mark);

    /// <summary>The same of another document.</summary>
    public static IEnumerable<(string Command, string Output)> CommandsIn(string text, string mark)
    {
        foreach (Match block in BlockPattern.Matches(text))
        {
            if (block.Groups["mark"].Value != mark) continue;
            foreach (var part in block.Groups["body"].Value.Split("\n$ ")
                .Select(text => text.TrimStart('$', ' ')))
            {
                var end = part.IndexOf('\n', StringComparison.Ordinal);
                yield return end < 0 ? (part, "") : (part[..end], part[(end + 1)..]);
            }
        }
    }

    [GeneratedRegex("<!-- (?<mark>[^>]*) -->\n```console\n(?<body>.*?)\n```",
        RegexOptions.Singleline)]
    private static partial Regex BlockPattern { get; }
}
