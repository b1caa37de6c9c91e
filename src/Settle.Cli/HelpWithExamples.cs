using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>
/// The help: all commands in groups; or the library's about one command, and below it the command's
/// examples.
/// </summary>
internal sealed partial class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Columns = 80;
    private const int ContinuedIndent = 5;
    private const string Continued = " \\";

    private readonly HelpAction _help;

    public HelpWithExamples(HelpAction help)
    {
        _help = help;
        // A terminal of the usual width, and the documentation, have these.
        help.MaxWidth = Columns;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult words)
    {
        var output = words.InvocationConfiguration.Output;
        if (words.CommandResult.Command is CommandList all) all.Write(output);
        else WriteCommand(words, output);
        output.Flush();
        return ExitStatus.Done;
    }

    private void WriteCommand(ParseResult words, TextWriter output)
    {
        _help.Invoke(words);
        var command = words.CommandResult.Command;
        if (command.Aliases.Count > 0)
        {
            output.WriteLine($"Other names: {string.Join(", ", command.Aliases)}");
            output.WriteLine();
        }
        if (command is not SettleCommand { Examples.Count: > 0 } own) return;
        output.WriteLine("Examples:");
        foreach (var example in own.Examples)
            foreach (var line in Folded(example)) output.WriteLine(line);
        output.WriteLine();
    }

    // As a shell takes it; an option stays with its value.
    private static IEnumerable<string> Folded(string example)
    {
        var line = new StringBuilder(" ");
        foreach (Match part in Parts.Matches(example))
        {
            if (line.Length + 1 + part.Length + Continued.Length > Columns)
            {
                yield return line + Continued;
                line.Clear().Append(' ', ContinuedIndent);
            }
            line.Append(' ').Append(part.Value);
        }
        yield return line.ToString();
    }

    [GeneratedRegex("""(?:--?[a-z][a-z-]*\s+(?![-&]))?(?:[^\s"']|"[^"]*"|'[^']*')+""")]
    private static partial Regex Parts { get; }
}
