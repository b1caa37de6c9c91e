namespace Settle.Cli.Commands;

internal sealed class OutboxDoneCommand(CliContext context)
    : OutboxDecisionCommand(context, isDone: true, "done",
        "Says that an invoice was sent.", "settle outbox done 2026-000001 --note \"in the log\"");
