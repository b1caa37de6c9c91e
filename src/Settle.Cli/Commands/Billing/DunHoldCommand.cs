namespace Settle.Cli.Commands;

/// <summary>Holds the reminders of one invoice, or lets them go on.</summary>
internal sealed class DunHoldCommand : BillingCommand
{
    private readonly Argument<string> _invoice =
        new("INVOICE") { Description = "The invoice's number" };

    private readonly Option<string> _reason = Typed.Text("--reason", "TEXT",
        "Why, for your own records");

    private readonly Option<string> _id = Typed.Id();

    private readonly bool _isReleased;

    private DunHoldCommand(CliContext context, bool isReleased, string name, string description,
        params string[] examples) : base(context, name, description, examples)
    {
        _isReleased = isReleased;
        Add(_invoice);
        Add(_reason);
        Add(_id);
    }

    public static DunHoldCommand Hold(CliContext context) => new(context, isReleased: false, "hold",
        "Holds the reminders of one invoice, because it is disputed: none is about it until it is "
            + "released.",
        "settle dun hold 2026-000001 --reason \"the desk was not there\"");

    public static DunHoldCommand Release(CliContext context) => new(context, isReleased: true,
        "release", "Lets a customer be reminded of an invoice again.",
        "settle dun release 2026-000001");

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var hold = await ledger.Billing.HoldRemindersAsync(new ReminderHoldRequest
        {
            Id = words.GetValue(_id),
            Invoice = words.GetRequiredValue(_invoice),
            Reason = words.GetValue(_reason),
            Released = _isReleased,
        }, cancellation);
        WriteResult(words, hold, WireJson.Compact.ReminderHold, done =>
            Known(done.Released ? "released" : "held", done.Replayed)
            + $": reminders of {done.Invoice} to {done.Customer}, id {done.Id}");
        return ExitStatus.Done;
    }
}
