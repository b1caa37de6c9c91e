using Settle.Billing;

namespace Settle.Cli.Commands;

internal sealed class OutboxListCommand : OutboxPartCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Include what is done" };

    public OutboxListCommand(CliContext context)
        : base(context, "list",
            "Shows what is waiting, what will be tried again later, and what is stuck: failed, "
                + "started with no outcome recorded, or with a note that cannot be read.",
            "settle outbox list", "settle outbox list --all --kind mail")
    {
        Add(_all);
        Add(Kind);
    }

    protected override bool HasTable => true;

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var outbox = Open(ledger);
        var items = await ItemsAsync(
            ledger, outbox, await KindAsync(words, outbox, cancellation), cancellation);
        var shown = items.Where(item => words.GetValue(_all) || item.State != OutboxItem.Done)
            .ToList();
        var times = TimesIn(words);
        WriteList(words, shown, OutboxJson.Default.OutboxItem,
            ["Number", "Customer", "Kind", "State", "Try>", "By", "Time", "Next try", "Note"],
            item => [item.Number, item.Customer, item.Kind, item.State,
                item.Attempt.ToString(CultureInfo.InvariantCulture), item.By ?? "",
                item.Time is { } time ? times.Of(time) : "",
                item.NextTry is { } next ? times.Of(next) : "", item.Note ?? ""]);
        if (IsForPeople(words)
            && shown.Any(item => item.IsStuck))
        {
            Context.Output.WriteLine("Find out whether the stuck ones were sent, then run "
                + $"'{Context.Program} outbox done NUMBER' or "
                + $"'{Context.Program} outbox retry NUMBER'.");
        }
        return ExitStatus.Done;
    }
}
