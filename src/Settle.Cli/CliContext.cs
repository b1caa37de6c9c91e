namespace Settle.Cli;

/// <summary>What a command touches of the world around it; a test brings its own.</summary>
internal sealed class CliContext
{
    // ./settle sets it.
    private const string ProgramVariable = "SETTLE_PROGRAM";
    private const int WidthIfUnknown = 80;

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

    /// <summary>How many columns the terminal of <see cref="Output"/> has.</summary>
    public int Width { get; init; } = WidthIfUnknown;

    public required Func<string, string?> Environment { get; init; }

    /// <summary>How the program was called, so that what is shown can be typed.</summary>
    public string Program => Environment(ProgramVariable) ?? "settle";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The day that it is for the person at this machine.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    /// <summary>Whether results are coloured.</summary>
    public bool HasColors => IsTerminal && AllowsColors;

    // https://no-color.org
    private bool AllowsColors => string.IsNullOrEmpty(Environment("NO_COLOR"))
        && Environment("TERM") != "dumb";

    /// <summary>Whether what goes to <see cref="Error"/> is coloured.</summary>
    public bool ErrorHasColors => ShowsProgress && AllowsColors;

    /// <summary>Writes a line to <see cref="Error"/> behind a word such as <c>warning</c>.
    /// </summary>
    public void Say(string word, string text) =>
        Error.WriteLine(ErrorHasColors
            ? $"\u001b[{(word == "error" ? 31 : 33)}m{word}:\u001b[0m {text}"
            : $"{word}: {text}");

    public static CliContext OfThisProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = StandardStream.Output();
        var error = StandardStream.Error();
        return new CliContext
        {
            OutputStream = output,
            Output = new StreamWriter(output, encoding) { AutoFlush = !Console.IsOutputRedirected },
            Error = new StreamWriter(error, encoding, 1024) { AutoFlush = true },
            OpenInput = Console.OpenStandardInput,
            ShowsProgress = !Console.IsErrorRedirected,
            IsTerminal = !Console.IsOutputRedirected,
            Width = !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width
                ? width : WidthIfUnknown,
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }
}
