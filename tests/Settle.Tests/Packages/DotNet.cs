using System.Diagnostics;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>The SDK's own program.</summary>
internal static class DotNet
{
    /// <summary>Runs it, expects success, and gives what it printed.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="cache">The package cache; null for the usual one.</param>
    /// <param name="words">What it is to do.</param>
    public static async Task<string> RunAsync(string folder, string? cache, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (cache is not null) start.Environment["NUGET_PACKAGES"] = cache;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', words)}: {await output}{await error}");
        return await output;
    }
}
