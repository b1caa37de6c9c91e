using System.Text.RegularExpressions;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

public sealed partial class GlossaryTests
{
    [Fact]
    public void Every_code_word_of_the_glossary_is_a_type_or_a_folder()
    {
        var words = CodeWords().ToList();
        Assert.True(words.Count > 50, "the glossary was not read");
        var known = Repository.Sources("src").SelectMany(source => source.TopTypes)
            .Concat(Repository.Files("src", "*.cs")
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)))
            .ToHashSet(StringComparer.Ordinal);
        var unknown = words.Where(word => !known.Contains(word)).ToList();
        Assert.True(unknown.Count == 0,
            $"docs/glossary.md: no type or folder in src is named {string.Join(", ", unknown)}");
    }

    // The third of the four columns of each row.
    private static IEnumerable<string> CodeWords() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs/glossary.md"))
            .Select(line => line.Split('|')).Where(cells => cells.Length == 6)
            .SelectMany(cells => WordPattern.Matches(cells[3]))
            .Select(match => match.Groups["word"].Value);

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex WordPattern { get; }
}
