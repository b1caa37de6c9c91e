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

    private static readonly string? Network = Environment.GetEnvironmentVariable("SETTLE_COUCHDB_NETWORK");

    /// <summary>What can happen to a node here.</summary>
    public static IReadOnlyList<NodeFault> Faults { get; } = Network is { Length: > 0 }
        ? [NodeFault.Killed, NodeFault.Frozen, NodeFault.CutOff] : [NodeFault.Killed, NodeFault.Frozen];

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
    public static void Kill(int process) => Run("kill", "-KILL", $"{process}");

    /// <summary>Something happens to a node.</summary>
    /// <param name="fault">What.</param>
    /// <param name="number">Which: 0 for the first.</param>
    /// <param name="process">Its process.</param>
    public static void Begin(NodeFault fault, int number, int process)
    {
        if (fault == NodeFault.Killed) Kill(process);
        else if (fault == NodeFault.Frozen) Run("kill", "-STOP", $"{process}");
        else Run("bash", "-c", $"{Network} cut {number + 1}");
    }

    /// <summary>It is over; a killed node still has to be started.</summary>
    public static void End(NodeFault fault, int number, int process)
    {
        if (fault == NodeFault.Frozen) Run("kill", "-CONT", $"{process}");
        if (fault == NodeFault.CutOff) Run("bash", "-c", $"{Network} join {number + 1}");
    }

    private static void Run(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
