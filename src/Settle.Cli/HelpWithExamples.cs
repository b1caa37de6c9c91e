using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>
/// The help: all commands in groups; or the library's about one command, and below it the command's
/// examples.
/// </summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Columns = 80;

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
        foreach (var example in own.Examples) output.WriteLine("  " + example);
        output.WriteLine();
    }
}
