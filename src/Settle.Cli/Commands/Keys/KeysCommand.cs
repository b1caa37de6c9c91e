using System.CommandLine;

namespace Settle.Cli.Commands;

internal sealed class KeysCommand : Command
{
    public KeysCommand(CliContext context)
        : base("keys", "Makes, lists and removes the API keys of a server.")
    {
        foreach (var command in (SettleCommand[])
            [new KeysAddCommand(context), new KeysListCommand(context),
                new KeysRemoveCommand(context)])
        {
            command.AddCommonOptions();
            Add(command);
        }
    }
}
