using System.Diagnostics;
using SharpFuzz;

namespace Settle.Fuzz;

/// <summary>A copy of this program whose product counts which of its branches are taken.</summary>
internal static class InstrumentedCopy
{
    private static readonly string[] Instrumented =
    [
        "Settle.Core.dll", "Settle.Client.dll", "Settle.Engine.dll", "Settle.Interchange.dll",
        "Settle.AspNetCore.dll", "Settle.Server.dll",
    ];

    /// <summary>Makes the copy and runs it with the same arguments; its exit status.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("settle-fuzz-").FullName;
        try
        {
            Copy(AppContext.BaseDirectory, folder);
            foreach (var name in Instrumented)
                Fuzzer.Instrument(Path.Combine(folder, name), _ => true, Options.Value);
            var self = Path.Combine(folder, "Settle.Fuzz.dll");
            // Started as a program of its own or by the host; the copy needs the host.
            var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
                ? path : "dotnet";
            using var process = Process.Start(host, [self, "--instrumented", .. args]);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            finally
            {
                if (!process.HasExited) process.Kill(true);
            }
            return process.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var inner = Path.Combine(to, Path.GetFileName(folder));
            Directory.CreateDirectory(inner);
            Copy(folder, inner);
        }
    }
}
