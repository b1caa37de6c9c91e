using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>One run of the command line in this process, on real files.</summary>
internal sealed record CommandRun(int Status, string Output, string Error)
{
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    public JsonElement Problem
    {
        get
        {
            using var document = JsonDocument.Parse(Error);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Runs a command about the ledger in a file.</summary>
    public static Task<CommandRun> OnAsync(string ledger, params string[] words) =>
        OnAsync(ledger, input: "", words);

    /// <summary>Runs a command about a server's ledger with a key.</summary>
    public static Task<CommandRun> WithKeyAsync(string ledger, string key, params string[] words) =>
        RunAsync(ledger, key, [], words, default);

    /// <summary>Runs a command with something on its standard input.</summary>
    public static Task<CommandRun> OnAsync(string ledger, string input, string[] words,
        CancellationToken cancellation = default) =>
        RunAsync(ledger, key: null, Encoding.UTF8.GetBytes(input), words, cancellation);

    /// <summary>Runs a command with bytes on its standard input.</summary>
    public static Task<CommandRun> OnAsync(string ledger, byte[] input, params string[] words) =>
        RunAsync(ledger, key: null, input, words, default);

    private static async Task<CommandRun> RunAsync(string ledger, string? key, byte[] input,
        string[] words, CancellationToken cancellation)
    {
        if (SettleProcess.Binary is { } binary)
            return await RunAsync(binary, ledger, key, input, words, cancellation);
        var output = new MemoryStream();
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        using var error = new StringWriter();
        var status = await CommandLine.RunAsync(words, new CliContext
        {
            OutputStream = output,
            Output = writer,
            Error = error,
            OpenInput = () => new MemoryStream(input),
            Environment = name => name switch
            {
                LedgerOption.Variable => ledger,
                LedgerOpening.KeyVariable => key,
                _ => null,
            },
        }, cancellation);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The same with the native program, in a process of its own.</summary>
    private static async Task<CommandRun> RunAsync(string binary, string ledger, string? key,
        byte[] input, string[] words, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(binary, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[LedgerOption.Variable] = ledger;
        if (key is not null) start.Environment[LedgerOpening.KeyVariable] = key;
        var stop = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        // What ends a command here is Ctrl-C there.
        using var ending = cancellation.Register(() => Process.Start("kill",
            ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose());
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var error = process.StandardError.ReadToEndAsync(stop);
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(input, stop);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading all of it, and says why.
            }
            await process.WaitForExitAsync(stop);
            return new CommandRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Makes a file for a ledger that has no block yet.</summary>
    public static async Task MakeAsync(string ledger)
    {
        await using var made = await Settle.Ledger.OpenAsync(ledger);
    }

    /// <summary>
    /// Runs a command that must succeed; one that makes no ledger finds an empty one.
    /// </summary>
    public static async Task<CommandRun> DoneAsync(string ledger, params string[] words)
    {
        if (words.FirstOrDefault() is "transfer" or "transaction" or "hold" or "asset" or "seller" or "customer"
            && !ledger.Contains("://", StringComparison.Ordinal) && !ledger.StartsWith('@')
            && !File.Exists(ledger))
            await MakeAsync(ledger);
        var run = await OnAsync(ledger, words);
        Assert.True(run.Status == ExitStatus.Done,
            $"{string.Join(' ', words)}: {run.Status}: {run.Error}");
        return run;
    }

    /// <summary>
    /// Runs a command that must be refused for what it was given, and leave the ledger as it is.
    /// </summary>
    public static async Task<CommandRun> RefusedAsync(
        string ledger, string message, params string[] words)
    {
        await DoneAsync(ledger, "transfer", "@world", "a", "100");
        var before = (await DoneAsync(ledger, "info", "--json")).Output;
        var run = await OnAsync(ledger, words);
        Assert.True(run.Status == ExitStatus.Usage, $"{run.Status}: {run.Error}{run.Output}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await DoneAsync(ledger, "info", "--json")).Output);
        return run;
    }
}
