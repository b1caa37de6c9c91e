using System.CommandLine.Completions;

namespace Settle.Cli.Commands;

/// <summary>
/// Writes the script with which a shell completes commands; the script asks this program what fits.
/// </summary>
internal sealed class CompletionCommand : SettleCommand
{
    public const string Word = "completion";

    // What the scripts say instead of a shell.
    private const string Candidates = "words";

    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    private readonly Argument<string> _shell = new("SHELL")
    {
        Description = "Your shell: bash, zsh or fish",
    };

    private readonly Argument<string[]> _words = new("WORD")
    {
        Hidden = true,
        Arity = ArgumentArity.ZeroOrMore,
    };

    public CompletionCommand(CliContext context)
        : base(context, Word, "Writes what makes a shell complete commands, options and their "
            + "values; where nothing else fits, files. Load it in your shell's start-up file.",
            "source <(settle completion bash)", "source <(settle completion zsh)",
            "settle completion fish | source")
    {
        _shell.CompletionSources.Add(Shells);
        Add(_shell);
        Add(_words);
    }

    /// <summary>Its result is a script, which is not JSON.</summary>
    public override void AddCommonOptions()
    {
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var shell = words.GetRequiredValue(_shell);
        if (shell == Candidates)
        {
            Write(words.GetValue(_words) ?? []);
            return ExitStatus.Done;
        }
        using var script = Shells.Contains(shell)
            ? typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/{shell}")!
            : throw new UsageException(
                $"'{shell}' is not a shell that it knows; use {string.Join(", ", Shells[..^1])} "
                + $"or {Shells[^1]}");
        using var reader = new StreamReader(script);
        await Context.Output.WriteAsync(
            (await reader.ReadToEndAsync(cancellation)).AsMemory(), cancellation);
        return ExitStatus.Done;
    }

    // A candidate a line, and what it is behind a tab.
    private void Write(string[] typed)
    {
        var begun = typed.LastOrDefault() ?? "";
        var all = CommandLine.Build(Context, typed.Length > 1 ? typed[0] : null);
        // The library finds the place of a word only in a line, and takes a whole one for done.
        var line = string.Concat(typed.SkipLast(1).Select(word => Quoted(word) + " "));
        var found = all.Parse(line, CommandLine.Parsing).GetCompletions(line.Length)
            .Where(each => each.Label.StartsWith(begun, StringComparison.Ordinal))
            // Who did not begin with a dash looks for something else; and nobody for '/?'.
            .Where(each => begun.StartsWith('-') || !each.Label.StartsWith('-'))
            .Where(each => !each.Label.StartsWith('/'))
            .DistinctBy(each => each.Label);
        foreach (var each in found)
            Context.Output.WriteLine($"{each.Label}\t{About(each)}".TrimEnd('\t'));
    }

    private static string Quoted(string word) =>
        word.Contains(' ', StringComparison.Ordinal)
            ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"" : word;

    private static string About(CompletionItem item) =>
        CommandList.FirstSentence(Tables.OneLine(item.Documentation ?? item.Detail ?? ""));
}
