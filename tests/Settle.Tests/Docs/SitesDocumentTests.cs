using System.Diagnostics;
using Settle.Tests.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The commands of docs/sites.md print what it shows.</summary>
public sealed class SitesDocumentTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tutorial_of_an_office_and_two_shops_prints_what_it_shows()
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs/sites.md"), TestContext.Current.CancellationToken);
        var commands = Readme.CommandsIn(text, "sites").ToList();
        Assert.True(commands.Count > 10);
        foreach (var (command, output) in commands)
        {
            Assert.StartsWith("./settle ", command, StringComparison.Ordinal);
            var start = new ProcessStartInfo("dotnet", [SettleProcess.Program,
                .. command["./settle ".Length..].Split(' ')])
            {
                WorkingDirectory = _folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var printed =
                await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
                + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(Plain(output) == Plain(printed),
                $"$ {command}\nshould print:\n{output}\nprinted:\n{printed}");
        }
    }

    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim('\n');
}
