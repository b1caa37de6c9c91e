namespace Settle.Cli;

/// <summary>What a command touches of the world around it; a test brings its own.</summary>
internal sealed class CliContext
{
    // ./settle sets it.
    private const string ProgramVariable = "SETTLE_PROGRAM";

    /// <summary>Where results go, as bytes.</summary>
    public required Stream OutputStream { get; init; }

    /// <summary>Where results go, as text; the same place as <see cref="OutputStream"/>.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where errors and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What <c>-</c> reads.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Whether a person watches <see cref="Error"/>: then progress is shown.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether a person watches <see cref="Output"/>.</summary>
    public bool IsTerminal { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>How the program was called, so that what is shown can be typed.</summary>
    public string Program => Environment(ProgramVariable) ?? "settle";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CliContext OfThisProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = Console.OpenStandardOutput();
        var error = Console.OpenStandardError();
        return new CliContext
        {
            OutputStream = output,
            Output = new StreamWriter(output, encoding) { AutoFlush = !Console.IsOutputRedirected },
            Error = new StreamWriter(error, encoding, 1024) { AutoFlush = true },
            OpenInput = Console.OpenStandardInput,
            ShowsProgress = !Console.IsErrorRedirected,
            IsTerminal = !Console.IsOutputRedirected,
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }
}
