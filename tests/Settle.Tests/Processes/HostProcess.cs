using System.Collections.Concurrent;
using System.Diagnostics;

namespace Settle.Tests.Processes;

/// <summary>A process of its own: what it prints, and how it ends.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Host =
        Path.Combine(AppContext.BaseDirectory, "Settle.TestHost.dll");

    private static readonly string CommandLine =
        Path.Combine(AppContext.BaseDirectory, "settle.dll");

    private static readonly string DotNet =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath! : "dotnet";

    private readonly Process process;
    private readonly bool endsLines;
    private readonly Task reading;
    private readonly Task<string> errors;
    private readonly SemaphoreSlim printed = new(0);
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>Starts the host; <see cref="BeginAsync"/> lets it do what it was started for.</summary>
    public HostProcess(params string[] arguments)
        : this(new ProcessStartInfo(DotNet, [Host, .. arguments]), endsLines: true)
    {
    }

    private HostProcess(ProcessStartInfo start, bool endsLines)
    {
        this.endsLines = endsLines;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Process.Start(start)!;
        reading = ReadAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <summary>What the process has said so far. A line that a kill cut off is not among them.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Starts the host so that it cannot write beyond a size into any file.</summary>
    public static HostProcess WithFileLimit(int kilobytes, params string[] arguments)
    {
        // Without the ignored signal the process would end at the limit instead of being told.
        var script = $"trap '' XFSZ; ulimit -S -f {kilobytes}; exec \"$@\"";
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", DotNet, Host, .. arguments]);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new HostProcess(start, endsLines: true);
    }

    /// <summary>Runs a command of <c>settle</c> as its users do; it begins at once.</summary>
    public static HostProcess Settle(params string[] arguments) =>
        new(new ProcessStartInfo(DotNet, [CommandLine, .. arguments]), endsLines: false);

    /// <summary>Waits until the process stands ready, and lets it begin.</summary>
    public async Task BeginAsync()
    {
        await WaitForLineAsync();
        lines.Clear();
        await TellAsync();
    }

    /// <summary>Sends the process an empty line.</summary>
    public async Task TellAsync()
    {
        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for a line that begins so.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        while (true)
        {
            await WaitForLineAsync();
            var found = lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal));
            if (found is not null)
                return found;
            if (reading.IsCompleted)
                throw new InvalidOperationException($"ended without '{beginning}': {await errors}");
        }
    }

    public async Task WaitForLineAsync()
    {
        if (!await printed.WaitAsync(Patience))
            throw new TimeoutException("the process says nothing");
    }

    /// <summary>Ends the process as a power cut would; it cannot notice.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    /// <summary>Waits until the process ended by itself, and well.</summary>
    /// <param name="worst">The highest exit status that is still well.</param>
    public async Task FinishAsync(int worst = 0)
    {
        await EndAsync();
        if (process.ExitCode > worst)
            throw new InvalidOperationException($"exit {process.ExitCode}: {await errors}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        printed.Dispose();
    }

    private async Task EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        await reading;
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (endsLines && !line.EndsWith(';'))
                continue;
            lines.Enqueue(line.TrimEnd(';'));
            printed.Release();
        }
        // Nobody waits in vain for a process that is gone.
        printed.Release(1000);
    }
}
