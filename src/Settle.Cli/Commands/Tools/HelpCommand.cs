using System.CommandLine.Completions;

namespace Settle.Cli.Commands;

internal sealed class HelpCommand : SettleCommand
{
    public const string Word = "help";

    private readonly Argument<string[]> _names = new("COMMAND")
    {
        Description = "The command to explain; without one all are listed",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public HelpCommand(CliContext context)
        : base(context, Word, "Explains a command, or lists all of them.",
            "settle help", "settle help transfer", "settle help keys add")
    {
        _names.CompletionSources.Add(typed => typed.ParseResult.RootCommandResult.Command
            .Subcommands.Select(each => new CompletionItem(each.Name)));
        Add(_names);
    }

    protected override Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        Command command = words.RootCommandResult.Command;
        var names = words.GetValue(_names) ?? [];
        foreach (var name in names)
        {
            var found = command.Subcommands.FirstOrDefault(
                known => known.Name == name || known.Aliases.Contains(name));
            if (found is null)
            {
                return Task.FromResult(ParseErrors.Report(Context,
                    ParseErrors.NotACommand(name, command), command, WantsJson(words)));
            }
            command = found;
        }
        return words.RootCommandResult.Command.Parse([.. names, "--help"])
            .InvokeAsync(words.InvocationConfiguration, cancellation);
    }
}
