using System.Diagnostics;
using Settle.Tests.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

public sealed class ReadmeTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_commands_of_the_readme_print_what_it_shows()
    {
        await WriteScriptAsync();
        foreach (var (command, output) in Readme.Commands("run"))
            await AssertPrintsAsync(command, output);
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed");
        await using var server = new SettleProcess(
            "serve", "--ledger", _folder.File("settle.db"), "--listen", "127.0.0.1:0");
        var address = (await server.WaitForLineAsync("http://")).Split("http://")[1].TrimEnd('/');
        foreach (var (command, output) in Readme.Commands("run with a server"))
            await AssertPrintsAsync(command
                .Replace("127.0.0.1:7171", address, StringComparison.Ordinal), output);
    }

    [Fact]
    public void Every_dependency_has_its_line()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/dependencies.md"));
        var packages = File.ReadLines(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Where(line => line.Contains("<PackageVersion ", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1]);
        foreach (var package in packages)
            Assert.Contains($"| {package} |", document, StringComparison.Ordinal);
    }

    private async Task AssertPrintsAsync(string command, string expected)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"({command}) 2>&1"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var printed =
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(Plain(expected) == Plain(printed),
            $"$ {command}\nshould print:\n{expected}\nprinted:\n{printed}");
    }

    private async Task WriteScriptAsync()
    {
        var script = _folder.File("settle");
        await File.WriteAllTextAsync(script,
            $"#!/bin/sh\nexec {SettleProcess.ShellCommand} \"$@\"\n",
            TestContext.Current.CancellationToken);
        using var chmod = Process.Start("chmod", ["+x", script]);
        await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static string Plain(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
            .Trim('\n');
}
