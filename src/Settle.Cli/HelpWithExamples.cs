using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>The library's help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult words)
    {
        help.Invoke(words);
        if (words.CommandResult.Command is SettleCommand { Examples.Count: > 0 } command)
        {
            var output = words.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples) output.WriteLine("  " + example);
            output.WriteLine();
        }
        words.InvocationConfiguration.Output.Flush();
        return ExitStatus.Done;
    }
}
