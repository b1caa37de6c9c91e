using System.Diagnostics;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Cli;

public sealed class ScriptTests
{
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
}
