using Xunit;

namespace Settle.Tests.Style;

/// <summary>
/// Folders have one order: what stands above names what stands below, never the other way round.
/// </summary>
public sealed class FolderDependencyTests
{
    /// <summary>What is in a cycle for now. These lists may only get shorter.</summary>
    private static readonly Dictionary<string, (string From, string To)[]> Exceptions = new()
    {
        ["Settle.Core"] = [],
        ["Settle.Engine"] = [],
    };

    [Theory]
    [InlineData("Settle.Core")]
    [InlineData("Settle.Engine")]
    public void No_folder_names_a_type_of_a_folder_above_it(string project)
    {
        var graph = new FolderGraph(project);
        var excused = Exceptions[project].ToHashSet();
        var cyclic = graph.Cyclic(excused);
        if (cyclic.Count > 0)
            Assert.Fail(string.Join('\n', cyclic.Select(graph.Why)));
        Assert.All(excused, edge => Assert.True(
            graph.Cyclic(excused.Where(other => other != edge).ToHashSet()).Contains(edge),
            $"{edge.From} -> {edge.To} is in no cycle any more: take it off the list"));
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

    [Fact]
    public void The_graph_sees_that_blocks_are_made_of_entries()
    {
        var graph = new FolderGraph("Settle.Core");
        Assert.Contains(("Chain", "Entries"), graph.Edges);
        Assert.DoesNotContain(graph.Edges, edge => edge.From == edge.To);
    }

    // The parts of one type are A.cs and A.More.cs in one folder.
    private static string PartOf(string file) =>
        file[..(file.LastIndexOf('/') + 1)] + Path.GetFileName(file).Split('.')[0];
}
