namespace Settle.Cli.Commands;

internal sealed class DunCommand : BillingCommand
{
    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The date of the reminders [default: today]");

    private readonly Option<string> _customer =
        new("--customer") { Description = "Only this customer", HelpName = "CUSTOMER" };

    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Only show what it would make" };

    private readonly Option<string> _id = Typed.Id();

    public DunCommand(CliContext context)
        : base(context, "dun",
            "Writes a reminder to each customer with overdue invoices that have reached their next "
                + "level. However often you run it, an invoice reaches each level once.",
            "settle dun --dry-run", "settle dun", "settle dun --customer dave --date 2026-12-10",
            "settle dun hold 2026-000001")
    {
        Add(_date);
        Add(_customer);
        Add(_dryRun);
        Add(_id);
        SettleCommand[] holds = [DunHoldCommand.Hold(context), DunHoldCommand.Release(context)];
        foreach (var hold in holds)
        {
            hold.AddCommonOptions();
            Add(hold);
        }
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var run = await ledger.Billing.RemindAsync(new ReminderRunRequest
        {
            Id = words.GetValue(_id),
            Date = words.GetValue(_date),
            Customer = words.GetValue(_customer),
            DryRun = words.GetValue(_dryRun),
        }, cancellation);
        if (WantsJson(words))
            Context.Output.WriteLine(JsonSerializer.Serialize(run, WireJson.Compact.ReminderRun));
        else
            Write(run);
        return run.Parked.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    private void Write(ReminderRun run)
    {
        if (run.Reminders.Count > 0)
            Tables.Write(Context, ReminderLines.Columns, run.Reminders.Select(ReminderLines.Row));
        Context.Output.WriteLine($"{(run.DryRun ? "would make " : "")}"
            + $"{Counted.Text(run.Reminders.Count, "reminder")} on {Day(run.Date)}"
            + $"{(run.DryRun ? "" : $", run {run.Id}")}");
        foreach (var parked in run.Parked)
        {
            Context.Error.WriteLine(
                $"parked: {parked.Customer} {parked.Asset}: {parked.Reason} [{parked.Code}]");
        }
    }
}
