using System.Text;
using System.Text.RegularExpressions;
using Settle.Tests.Chain;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>What comments cite exists.</summary>
public sealed partial class CitationTests
{
    private static string Protocol { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "docs/protocol.md"));

    [Fact]
    public void Every_section_of_the_protocol_that_a_comment_cites_exists()
    {
        var sections = SectionPattern.Matches(Protocol)
            .Select(match => match.Groups["number"].Value).ToHashSet();
        var cited = Find(CitedSectionPattern);
        Assert.Contains(cited, citation => citation.Number == "3");
        AssertNone(cited.Where(citation => !sections.Contains(citation.Number)));
    }

    [Fact]
    public void Whoever_cites_the_protocol_says_where_it_is() => AssertNone(
        Find(UnplacedPattern));

    [Fact]
    public void Every_decision_that_a_comment_cites_exists()
    {
        var decisions = Repository.Files("docs/decisions", "*.md")
            .Select(file => int.Parse(Path.GetFileName(file)[..4],
                System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var cited = Find(CitedDecisionPattern);
        Assert.NotEmpty(cited);
        AssertNone(cited.Where(citation => !decisions.Contains(int.Parse(citation.Number,
            System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Every_decision_has_its_number_in_its_heading() => Assert.All(
        Repository.Files("docs/decisions", "*.md").Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0])),
        file => Assert.StartsWith($"# {Path.GetFileName(file)[..4].TrimStart('0')}. ",
            File.ReadLines(file).First(), StringComparison.Ordinal));

    [Fact]
    public void The_block_in_the_protocol_has_the_hash_that_it_names()
    {
        var block = Protocol.Split("```json\n")[1].Split("```")[0];
        Assert.Contains($"\"hash\":\"{IndependentHash.Of(Encoding.UTF8.GetBytes(block))}\"", block,
            StringComparison.Ordinal);
    }

    // A citation can run over the end of a line of a comment.
    private static List<(string Place, string Number)> Find(Regex pattern) =>
        [.. Repository.Sources("src", "tests", "bench").SelectMany(source =>
            pattern.Matches(CommentBreakPattern.Replace(source.Text, " "))
                .Select(match => ($"{source.Name}: {match.Value}", match.Groups["number"].Value)))];

    private static void AssertNone(IEnumerable<(string Place, string Number)> wrong) =>
        Assert.Empty(wrong.Select(citation => citation.Place));

    [GeneratedRegex(@"^## (?<number>\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex SectionPattern { get; }

    [GeneratedRegex(@"docs/protocol\.md, section (?<number>\d+)")]
    private static partial Regex CitedSectionPattern { get; }

    [GeneratedRegex(@"\(protocol, section (?<number>\d+)")]
    private static partial Regex UnplacedPattern { get; }

    [GeneratedRegex(@"\(decision (?<number>\d+)\b")]
    private static partial Regex CitedDecisionPattern { get; }

    [GeneratedRegex(@"\r?\n\s*///? ?")]
    private static partial Regex CommentBreakPattern { get; }
}
