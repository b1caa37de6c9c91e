using System.Diagnostics;
using System.Text;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>The real program in a process of its own.</summary>
internal sealed class SettleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    public SettleProcess(params string[] words)
        : this("", Program, words)
    {
    }

    // A runner started in the background ignores signals, and its children would inherit that.
    private SettleProcess(string redirection, string program, string[] words, string before = "")
    {
        var start = new ProcessStartInfo("bash", ["-c",
            $"{before}exec env --default-signal=INT,HUP \"$@\" {redirection}", "bash", .. Command(program), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
    }

    /// <summary>The program, for a shell: built here, or the one that $SETTLE_BINARY names.</summary>
    public static string ShellCommand => Binary is { } binary ? $"'{binary}'" : $"dotnet '{Program}'";

    /// <summary>The native program to test instead; null for what was built here.</summary>
    public static string? Binary { get; } = Environment.GetEnvironmentVariable("SETTLE_BINARY") is { Length: > 0 } path
        ? Path.GetFullPath(path, Style.Repository.Root) : null;

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "settle.dll");

    public string Output => _output.ToString();

    /// <summary>What it said on standard error, as far as it was read.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Starts it with a redirection of the shell, such as <c>&gt;/dev/full</c>.</summary>
    public static SettleProcess Redirected(string redirection, params string[] words) =>
        new(redirection, Program, words);

    /// <summary>Starts it after a command of the shell, such as <c>ulimit -n 300</c>.</summary>
    public static SettleProcess Limited(string limit, params string[] words) =>
        new("", Program, words, limit + " && ");

    /// <summary>Starts another program, such as a sample.</summary>
    public static SettleProcess Of(string program, params string[] words) => new("", program, words);

    /// <summary>How it is started from a test: the file, and what comes before its words.</summary>
    public static (string File, string[] Before) Start => Binary is { } binary ? (binary, []) : ("dotnet", [Program]);

    private static string[] Command(string program) =>
        program == Program && Binary is { } binary ? [binary] : ["dotnet", program];

    /// <summary>Waits for a line that holds a text.</summary>
    public Task<string> WaitForLineAsync(string text) =>
        WaitAsync(_process.StandardOutput, _output, text);

    /// <summary>Waits for a line on standard error.</summary>
    public Task<string> WaitForErrorAsync(string text) =>
        WaitAsync(_process.StandardError, _errors, text);

    /// <summary>Sends a signal, such as <c>INT</c>, and waits for the end.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> EndAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        _output.Append(await _process.StandardOutput.ReadToEndAsync(patience.Token));
        _errors.Append(await _process.StandardError.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<string> WaitAsync(StreamReader reader, StringBuilder read, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            read.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        Assert.Fail($"ended without '{text}': {Output}{Errors}"
            + await _process.StandardError.ReadToEndAsync(patience.Token));
        return "";
    }
}
