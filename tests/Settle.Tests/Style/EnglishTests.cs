using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

/// <summary>Holds turns of phrase out of the product that no native speaker would use.</summary>
public sealed partial class EnglishTests
{
    [Fact]
    public void Texts_have_no_foreign_turns_of_phrase()
    {
        string[] pages = ["*.html", "*.js"];
        var files = Repository.Files("src", "*.cs").Concat(Repository.Files("", "*.md"))
            .Concat(pages.SelectMany(kind => Repository.Files("src/Settle.AspNetCore", kind)))
            // It names the words that are not to be used.
            .Where(file => Repository.Name(file) != "docs/glossary.md").ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "index.html");
        Assert.Empty(files.SelectMany(file => Foreign.Matches(File.ReadAllText(file))
            .Select(match => $"{Repository.Name(file)}: {match.Value}")));
    }

    [Theory]
    [InlineData("--from goes not with --write-off")]
    [InlineData("--file goes alone")]
    [InlineData("amount: goes without quantity")]
    [InlineData("rebill: goes with the whole invoice only")]
    [InlineData("what is not said stays as it is")]
    [InlineData("'x' is no valid amount")]
    [InlineData("'x' is no command")]
    [InlineData("is missing; say --name")]
    [InlineData("the id is to be had")]
    [InlineData("the caller, who is told at once")]
    [InlineData("'x' is no IBAN")]
    [InlineData("a listing is no snapshot")]
    [InlineData("points are no currency")]
    [InlineData("also when it is closed")]
    [InlineData("at once, also while they are away")]
    [InlineData("Weather: try again")]
    [InlineData("Of an account: only what is newer")]
    [InlineData("a later one; of invoices, their own date")]
    [InlineData("'balance' takes no further word 'x'")]
    [InlineData("a user who may spend from it by documents")]
    [InlineData("while the site hears of nobody")]
    [InlineData("sites are looked after where the file is")]
    [InlineData("says how it stands with each peer")]
    [InlineData("the index is made anew once")]
    [InlineData("what a site decided behind its end")]
    [InlineData("as much of it as it shall have there")]
    [InlineData("a file, or wherever else a ledger can be")]
    [InlineData("the mail of 2026-000001 is done already")]
    [InlineData("site north is no more: join under another name")]
    [InlineData("Nobody is reminded who has --no-reminders")]
    [InlineData("sync it with the others, so that they hear of it")]
    [InlineData("who has none does not learn what there is")]
    [InlineData("the pair is there twice")]
    [InlineData("a bank that is told today")]
    public void Such_a_text_is_found(string text) => Assert.Matches(Foreign, text);

    [Theory]
    [InlineData("there is no command for this")]
    [InlineData("It goes without saying")]
    [InlineData("'x' is not a number")]
    [InlineData("there is no such account, and it is no longer missed")]
    [InlineData("the founder is no more than a site")]
    [InlineData("the day on which it is done, already marked")]
    public void Plain_English_is_not(string text) => Assert.DoesNotMatch(Foreign, text);

    [GeneratedRegex(@"(--[a-z-]+:? go (with|without|alone|not)\b)|\bdoes not go with\b"
        + @"|\bgoes (with|without(?! saying)|alone|not)\b|\b(is|are) to be had|not be had"
        + @"|what is not said|\bsay --[a-z]|who (is|are) told"
        + @"|\balso (when|while|if)\b|\b(is)?weather\b"
        + @"|\bof (an? )?[a-z]+: only\b|; of [a-z]+, (its|their)\b|\btakes no further\b"
        + @"|\bspend (from [a-z ]+ )?by documents\b|\bhears? of nobody\b|\bare looked after\b"
        + @"|\bstands? with (each|its|the)\b|\b(made|built) anew\b|\bbehind (its|their|an?) ends?\b|\bshall\b"
        + @"|\bwherever else\b|\b(is|are) done already\b|(?<!there )\b(is|are) no more[:,.]"
        + @"|\bnobody is [a-z]+ who\b|\bso that they hear\b|\bwho has none\b|\bis there twice\b|\bis told today\b"
        + @"|(?<!there )\b(is|are) no (?!(longer|more|less|better)\b)[a-z]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Foreign { get; }
}
