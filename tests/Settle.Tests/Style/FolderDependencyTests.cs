using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

/// <summary>
/// Folders have one order: what stands above uses what stands below, never the other way round.
/// </summary>
public sealed partial class FolderDependencyTests
{
    [Theory]
    [InlineData("Core")]
    [InlineData("Engine")]
    [InlineData("Interchange")]
    [InlineData("AspNetCore")]
    public void No_folder_uses_a_type_of_a_folder_above_it(string project)
    {
        var graph = FolderGraph.Of("Settle." + project);
        Assert.Empty(graph.Cyclic().Select(graph.Why));
        var order = WrittenOrder(project);
        Assert.Equal(
            Repository.Files("src/Settle." + project, "*.cs")
                .Select(file => Repository.Name(file).Split('/')).Where(parts => parts.Length > 3)
                .Select(parts => parts[2]).Distinct().Order(),
            order.Order());
        Assert.Empty(graph.Edges
            .Where(edge => edge.From != FolderGraph.Beside && edge.To != FolderGraph.Beside
                && order.IndexOf(edge.From) > order.IndexOf(edge.To))
            .Select(graph.Why));
    }

    [Fact]
    public void A_name_means_one_type_in_the_whole_product()
    {
        var ambiguous = Repository.Sources("src")
            .SelectMany(source => source.TopTypes.Select(type => (Type: type, source.Name)))
            .GroupBy(each => each.Type, each => PartOf(each.Name), StringComparer.Ordinal)
            .Where(files => files.Distinct().Count() > 1)
            .Select(files => files.Key).ToList();
        Assert.Empty(ambiguous);
    }

    [Theory]
    [InlineData("Core", "Chain", "Entries")]
    // These name no type of the other folder, and only call its members.
    [InlineData("Core", "Chains", "Tables")]
    [InlineData("Engine", "Billing", "Index")]
    [InlineData("Engine", "Mirroring", "Reading")]
    public void The_graph_sees_what_uses_what(string project, string from, string to)
    {
        var graph = FolderGraph.Of("Settle." + project);
        Assert.Contains((from, to), graph.Edges);
        Assert.DoesNotContain(graph.Edges, edge => edge.From == edge.To);
    }

    // From the map of the code; what is in parentheses only explains a folder.
    private static List<string> WrittenOrder(string project)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        var paragraph = text.Split($"In `{project}`, from the top: ")[1].Split(".\nIn ")[0];
        while (ExplanationPattern.IsMatch(paragraph))
            paragraph = ExplanationPattern.Replace(paragraph, "");
        return [.. NamePattern.Matches(paragraph).Select(name => name.Groups[1].Value)];
    }

    // The parts of one type are A.cs and A.More.cs in one folder.
    private static string PartOf(string file) =>
        file[..(file.LastIndexOf('/') + 1)] + Path.GetFileName(file).Split('.')[0];

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex ExplanationPattern { get; }

    [GeneratedRegex("`([A-Z][A-Za-z]+)`")]
    private static partial Regex NamePattern { get; }
}
