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
    private readonly Task<string> _errors;

    public SettleProcess(params string[] words)
    {
        // A runner started in the background ignores SIGINT, and its children would inherit that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "settle.dll");

    public string Output => _output.ToString();

    /// <summary>Waits for a line that holds a text.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            _output.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        Assert.Fail($"ended without '{text}': {Output}{await _errors}");
        return "";
    }

    /// <summary>Sends a signal, such as <c>INT</c>, and waits for the end.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> EndAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(Patience);
        _output.Append(await _process.StandardOutput.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
