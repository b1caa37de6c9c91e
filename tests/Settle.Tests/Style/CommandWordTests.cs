using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

/// <summary>
/// What the engine says is read over HTTP and in .NET too: it names no options of the command line.
/// </summary>
public sealed partial class CommandWordTests
{
    // What only a person at the server's machine can do has no other words.
    private static readonly string[] Allowed =
    [
        "src/Settle.Engine/State/TipNote.cs", "src/Settle.Engine/Settling/WriteGate.cs",
        "src/Settle.Engine/Mirroring/RestorePlace.cs",
    ];

    [Fact]
    public void Messages_that_others_read_too_name_no_options_of_the_command_line()
    {
        var sources = Repository.Sources("src/Settle.Core", "src/Settle.Client", "src/Settle.Engine",
            "src/Settle.AspNetCore").ToList();
        Assert.All(Allowed, name => Assert.Contains(sources, source => source.Name == name));
        Assert.Empty(sources.Where(source => !Allowed.Contains(source.Name)).SelectMany(source => source.Text
            .Split('\n').Where(line => Word.IsMatch(line)).Select(line => $"{source.Name}: {line.Trim()}")));
    }

    [GeneratedRegex("""^(?!\s*//)[^"]*".*(?<![-\w])--[a-z]""")]
    private static partial Regex Word { get; }
}
