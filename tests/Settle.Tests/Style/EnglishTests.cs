using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

/// <summary>Holds turns of phrase out of the product that no native speaker would use.</summary>
public sealed partial class EnglishTests
{
    /// <summary>What is still to be rewritten, by folder. This list may only get shorter.</summary>
    private static readonly Dictionary<string, int> Exceptions = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void Texts_have_no_foreign_turns_of_phrase()
    {
        var found = Repository.Files("src", "*.cs").Concat(Repository.Files("", "*.md"))
            .Where(file => Repository.Name(file) != "docs/glossary.md")
            .SelectMany(file => Foreign.Matches(File.ReadAllText(file))
                .Select(match => (Name: Repository.Name(file), match.Value)))
            .GroupBy(each => FolderOf(each.Name), StringComparer.Ordinal)
            .ToDictionary(each => each.Key, each => each.ToList(), StringComparer.Ordinal);
        foreach (var (folder, texts) in found)
        {
            Assert.True(texts.Count <= Exceptions.GetValueOrDefault(folder),
                $"{folder} has {texts.Count}:\n{string.Join('\n', texts)}");
        }
        Assert.All(Exceptions, each => Assert.True(
            found.TryGetValue(each.Key, out var texts) && texts.Count == each.Value,
            $"{each.Key} has fewer than {each.Value} by now: say so in the list"));
    }

    [Theory]
    [InlineData("--from goes not with --write-off")]
    [InlineData("--file goes alone")]
    [InlineData("what is not said stays as it is")]
    [InlineData("'x' is no valid amount")]
    [InlineData("'x' is no command")]
    [InlineData("is missing; say --name")]
    [InlineData("the id is to be had")]
    [InlineData("the caller, who is told at once")]
    public void Such_a_text_is_found(string text) => Assert.Matches(Foreign, text);

    [Theory]
    [InlineData("there is no command for this")]
    [InlineData("It goes without saying")]
    [InlineData("'x' is not a number")]
    public void Plain_English_is_not(string text) => Assert.DoesNotMatch(Foreign, text);

    private static string FolderOf(string file) =>
        string.Join('/', file.Split('/')[..^1].Take(2));

    [GeneratedRegex(@"(--[a-z-]+:? (goes|go) (with|without|alone|not)\b)|goes not|\bgoes alone"
        + @"|\b(is|are) to be had|not be had|what is not said|\bsay --[a-z]|who (is|are) told"
        + @"|(?<!there )\bis no (valid )?(amount|day|number|name|command|parameter|decimal|moment"
        + @"|duration|pair|posting|currency|field|column|such|JSON|XML)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Foreign { get; }
}
