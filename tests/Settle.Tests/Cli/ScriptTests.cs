using System.Diagnostics;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Cli;

public sealed class ScriptTests
{
    // What the scripts call before they need the SDK.
    private static readonly string[] Tools =
        ["bash", "readlink", "dirname", "find", "flock", "mkdir", "grep", "cut", "tr", "touch"];

    [Fact]
    public async Task The_script_works_from_anywhere_and_through_links()
    {
        var stamp = Path.Combine(Repository.Root, "artifacts/settle.stamp");
        var newest = Repository.Sources("src").Max(source => File.GetLastWriteTimeUtc(
            Path.Combine(Repository.Root, source.Name)));
        Assert.SkipUnless(File.Exists(stamp) && File.GetLastWriteTimeUtc(stamp) > newest,
            "./settle would build first");
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder.File("link"), Path.Combine(Repository.Root, "settle"));
        File.CreateSymbolicLink(folder.File("link to link"), folder.File("link"));

        var start = new ProcessStartInfo(folder.File("link to link"),
            ["info", "--ledger", "no such file.db"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError
            .ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, process.ExitCode);
        Assert.Contains("no ledger at no such file.db", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settle")]
    [InlineData("test")]
    public async Task A_script_says_where_to_get_an_SDK_when_there_is_none(string script)
    {
        using var folder = new TemporaryDirectory();
        var tree = Directory.CreateDirectory(folder.File("tree")).FullName;
        var (status, error) = await RunWithoutSdkAsync(tree, script, places: "");
        Assert.Equal(3, status);
        Assert.Contains("needs the .NET 10 SDK, and there is no 'dotnet'", error, StringComparison.Ordinal);
        Assert.Contains("https://dotnet.microsoft.com/download", error, StringComparison.Ordinal);

        // A copy can be executed as its source can.
        File.Copy(Path.Combine(Repository.Root, script), folder.File("dotnet"));
        await File.WriteAllTextAsync(folder.File("dotnet"), "#!/bin/bash\necho '9.0.100 [/sdk]'\n", Stop);
        (status, error) = await RunWithoutSdkAsync(tree, script, places: folder.Path);
        Assert.Equal(3, status);
        Assert.Contains("needs the .NET 10 SDK", error, StringComparison.Ordinal);
        Assert.Contains("has: 9.0.100", error, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Runs a script of a tree that was never built, on a machine without the SDK.</summary>
    private static async Task<(int Status, string Error)> RunWithoutSdkAsync(
        string tree, string script, string places)
    {
        foreach (var file in (string[])[script, "scripts/build.sh"])
        {
            var copy = Path.Combine(tree, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), Stop);
            // Where an SDK of this machine may be.
            await File.WriteAllTextAsync(copy, text.Replace("/dotnet/dotnet", "/none/dotnet"), Stop);
        }
        var tools = Directory.CreateDirectory(Path.Combine(tree, "tools")).FullName;
        foreach (var tool in Tools)
        {
            var link = Path.Combine(tools, tool);
            var target = Path.Combine("/usr/bin", tool);
            if (!File.Exists(link))
                File.CreateSymbolicLink(link, File.Exists(target) ? target : "/bin/" + tool);
        }
        Directory.CreateDirectory(Path.Combine(tree, "src"));
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(tree, script), "info"])
        {
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{tools}:{places}", ["HOME"] = tree, ["DOTNET_ROOT"] = tree },
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, error);
    }
}
