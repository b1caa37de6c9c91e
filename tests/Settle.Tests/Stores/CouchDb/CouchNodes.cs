using System.Diagnostics;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// The server's own processes, for trials that kill and freeze them. The variable
/// <c>SETTLE_COUCHDB_CONTROL</c> names a command that starts those nodes which do not run, waits
/// until they answer, and prints the process ids of all, one a line, in the order of the addresses.
/// </summary>
internal static class CouchNodes
{
    public const string Variable = "SETTLE_COUCHDB_CONTROL";

    private static readonly string? Command = Environment.GetEnvironmentVariable(Variable);

    public static void SkipUnlessControlled() => Assert.SkipUnless(Command is { Length: > 0 },
        $"kills the server: name a command that starts it in {Variable}");

    /// <summary>Starts what does not run; the process ids of all nodes.</summary>
    public static async Task<int[]> StartAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", Command!])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"the nodes did not start: {said}");
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }

    /// <summary>Ends a node as a power cut would.</summary>
    public static void Kill(int node) => Signal(node, "KILL");

    /// <summary>A frozen node keeps its connections and says nothing.</summary>
    public static void Freeze(int node) => Signal(node, "STOP");

    public static void Resume(int node) => Signal(node, "CONT");

    private static void Signal(int node, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{node}"]);
        kill.WaitForExit();
    }
}
