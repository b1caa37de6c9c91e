using System.CommandLine;

namespace Settle.Cli.Commands;

internal sealed class OutboxCommand : Command
{
    public OutboxCommand(CliContext context)
        : base("outbox", "Sends invoices out, each once, and shows what is stuck.")
    {
        foreach (var command in (SettleCommand[])
            [new OutboxListCommand(context), new OutboxSendCommand(context),
                new OutboxDoneCommand(context), new OutboxRetryCommand(context)])
        {
            command.AddCommonOptions();
            Add(command);
        }
    }
}
