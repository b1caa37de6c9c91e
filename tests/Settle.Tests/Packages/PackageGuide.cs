using System.Text.RegularExpressions;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>What the documents tell somebody to do who wants to use a package.</summary>
/// <param name="Commands">The commands of a section.</param>
/// <param name="Program">The program of the section.</param>
internal sealed partial record PackageGuide(IReadOnlyList<string> Commands, string Program)
{
    /// <summary>How the folder with the packages becomes a source.</summary>
    public static string AddSource { get; } =
        SourcePattern.Match(Read("CONTRIBUTING.md")) is { Success: true } line ? line.Groups[1].Value
            : throw new InvalidOperationException("CONTRIBUTING.md adds no source");

    /// <summary>A section of the packages' own page.</summary>
    public static PackageGuide Of(string heading)
    {
        var section = Read("docs/packages.md").Split($"## {heading}\n")[1].Split("\n## ")[0];
        var commands = CommandsPattern.Match(section);
        var program = ProgramPattern.Match(section);
        Assert.True(commands.Success && program.Success, $"{heading} has no commands or no program");
        return new(commands.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            program.Groups[1].Value);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"^ +(dotnet nuget add source .*)$", RegexOptions.Multiline)]
    private static partial Regex SourcePattern { get; }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CommandsPattern { get; }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ProgramPattern { get; }
}
