namespace Settle.Cli.Commands;

internal sealed class OutboxRetryCommand(CliContext context)
    : OutboxDecisionCommand(context, isDone: false, "retry",
        "Says that an invoice was not sent: the next 'settle outbox send' sends it.",
        "settle outbox retry 2026-000001");
