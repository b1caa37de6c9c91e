namespace Settle.Cli.Commands;

internal sealed class RemindersCommand : BillingCommand
{
    private readonly Argument<string?> _number = new("NUMBER")
    {
        Description = "A reminder's number; without one, all are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _customer =
        new("--customer") { Description = "Only those of this customer", HelpName = "CUSTOMER" };

    public RemindersCommand(CliContext context)
        : base(context, "reminders", "Lists reminders, or shows one.",
            "settle reminders", "settle reminders --customer dave",
            "settle reminders 2026-000001-R1")
    {
        Add(_number);
        Add(_customer);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        if (words.GetValue(_number) is { } number)
        {
            var reminder = await ledger.Billing.GetReminderAsync(number, cancellation)
                ?? throw new NotFoundException($"there is no reminder '{number}'");
            WriteResult(words, reminder, WireJson.Compact.Reminder, ReminderLines.Text);
            return ExitStatus.Done;
        }
        var all = await ledger.Billing.AllRemindersAsync(new ReminderQuery
        {
            Customer = words.GetValue(_customer), Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, all, WireJson.Compact.Reminder, ReminderLines.Columns, ReminderLines.Row);
        return ExitStatus.Done;
    }
}
