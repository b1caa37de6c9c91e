using System.Diagnostics;
using System.Runtime.InteropServices;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>
/// The native file of <c>./publish</c>, where one was made of these sources; the default run of the
/// tests makes none. <c>./publish --check</c> runs many more tests with it.
/// </summary>
public sealed class NativeFileTests : IDisposable
{
    private static readonly string Native = Path.Combine(Repository.Root,
        "artifacts/publish/settle-linux-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_native_file_needs_nothing_beside_it()
    {
        var newest = Repository.Sources("src").Max(source => File.GetLastWriteTimeUtc(
            Path.Combine(Repository.Root, source.Name)));
        Assert.SkipUnless(File.Exists(Native) && File.GetLastWriteTimeUtc(Native) > newest,
            "there is no native file of these sources; ./publish makes one");
        var program = _folder.File("settle");
        File.Copy(Native, program);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        // SQLite.
        await RunAsync(program, "init", "--asset", "EUR");
        await RunAsync(program, "transfer", "@world", "Alex", "50");
        Assert.Contains("50.00", await RunAsync(program, "balance", "Alex"), StringComparison.Ordinal);
        Assert.Contains("\"account\":\"Alex\"", await RunAsync(program, "balance", "--json"), StringComparison.Ordinal);
        // HarfBuzz, and the fonts.
        await RunAsync(program, "seller", "--name", "Werkbank GmbH", "--country", "DE", "--vat-id", "DE123456788",
            "--tax-rate", "19", "--default-tax", "19");
        await RunAsync(program, "customer", "dave", "--name", "ديف", "--country", "DE", "--asset", "EUR");
        await RunAsync(program, "charge", "dave", "10", "room", "--date", "2026-10-12");
        await RunAsync(program, "invoice", "--through", "2026-10", "--date", "2026-11-01");
        await RunAsync(program, "paper", "--output", _folder.File("letters"));
        Assert.NotEmpty(Directory.GetFiles(_folder.File("letters"), "*.pdf"));
        await RunAsync(program, "verify");
        Assert.Contains("balance", await RunAsync(program, "completion", "words", "--", "bal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_made_on_Linux_only_which_is_said_before_anything_is_done()
    {
        if (OperatingSystem.IsWindows()) return;
        await File.WriteAllTextAsync(_folder.File("uname"), "#!/bin/sh\necho Darwin\n", Stop);
        File.SetUnixFileMode(_folder.File("uname"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "publish"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}" },
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("error: a release is made on Linux and for Linux, and this is Darwin: run ./publish on Linux, "
            + "such as in a container", error.Trim());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SETTLE_LEDGER"] = _folder.File("bank.db") },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}: {await error}");
        return await output;
    }
}
