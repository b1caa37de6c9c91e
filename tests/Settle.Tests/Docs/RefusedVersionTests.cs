using System.Text.Json;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>No package, however it came in, has a version of the list in docs/dependencies.md.</summary>
public sealed class RefusedVersionTests
{
    private static List<(string Package, Version From, Version FixedIn)> Refused => [.. File
        .ReadLines(Path.Combine(Repository.Root, "docs/dependencies.md"))
        .SkipWhile(line => line != "## Versions that are refused")
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .TakeWhile(line => line.Split('|').Length == 6)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells[1] != "package")
        .Select(cells => (cells[1], Number(cells[2]), Number(cells[3])))];

    private static IEnumerable<(string Package, Version Version)> Used =>
        Repository.Files("", "packages.lock.json").SelectMany(Resolved);

    [Fact]
    public void No_version_that_is_refused_is_used()
    {
        Assert.True(Refused.Count > 10);
        var used = Used.ToList();
        Assert.Contains(used, each => each.Package == "SQLite");
        Assert.DoesNotContain(used, each => IsRefused(each.Package, each.Version));
    }

    [Theory]
    [InlineData("SQLite", "3.50.4", true)]
    [InlineData("SQLite", "3.51.2", true)]
    [InlineData("SQLite", "3.51.3", false)]
    [InlineData("SQLite", "3.52.1", true)]
    [InlineData("SQLite", "3.53.0", false)]
    [InlineData("sharpziplib", "1.3.2", true)]
    [InlineData("Another", "0.1", false)]
    public void A_version_is_refused_until_it_is_fixed(string package, string version, bool isRefused) =>
        Assert.Equal(isRefused, IsRefused(package, Number(version)));

    private static bool IsRefused(string package, Version version) => Refused.Exists(each =>
        string.Equals(each.Package, package, StringComparison.OrdinalIgnoreCase)
        && version >= each.From && version < each.FixedIn);

    private static IEnumerable<(string, Version)> Resolved(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("resolved", out _))
            .Select(package => (package.Name,
                Number(package.Value.GetProperty("resolved").GetString()!.Split('-')[0])))];
    }

    private static Version Number(string text) =>
        Version.Parse(text.Contains('.', StringComparison.Ordinal) ? text : $"{text}.0");
}
