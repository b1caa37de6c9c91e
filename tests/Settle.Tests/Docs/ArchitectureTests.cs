using System.Reflection;
using System.Text.RegularExpressions;
using Settle.Local;
using Settle.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The map of the code names what the code has.</summary>
public sealed partial class ArchitectureTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Type[] Types =
        [.. new[] { typeof(Book), typeof(ILedger), typeof(LocalLedger), typeof(BatchEndpoint) }
            .SelectMany(type => type.Assembly.GetTypes())];

    [Fact]
    public void Every_hop_of_the_ways_is_a_member_of_the_code()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        var ways = text.Split("## The ways through the engine")[1].Split("\n## ")[0];
        var hops = HopPattern.Matches(ways);
        Assert.True(hops.Count > 20);
        Assert.Empty(hops.Where(hop => !Types.Any(type => type.Name == hop.Groups["type"].Value
            && (!hop.Groups["member"].Success
                || type.GetMember(hop.Groups["member"].Value, Any).Length > 0)))
            .Select(hop => hop.Value));
    }

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)(\.(?<member>[A-Z]\w+))?`")]
    private static partial Regex HopPattern { get; }
}
