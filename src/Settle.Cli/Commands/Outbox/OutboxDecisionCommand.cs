using Settle.Billing;

namespace Settle.Cli.Commands;

/// <summary>What a person decides about something that is stuck.</summary>
internal sealed class OutboxDecisionCommand : OutboxPartCommand
{
    private readonly Argument<string> _number =
        new("NUMBER") { Description = "The number of the invoice, reminder or quote" };

    private readonly Option<string> _note =
        new("--note") { Description = "A note for others", HelpName = "TEXT" };

    private readonly bool _isDone;

    private OutboxDecisionCommand(CliContext context, bool isDone, string name,
        string description, string example)
        : base(context, name, description, example)
    {
        _isDone = isDone;
        Add(_number);
        Add(_note);
        Add(Kind);
        if (isDone) Add(NewKind);
    }

    public static OutboxDecisionCommand Done(CliContext context) => new(context, isDone: true,
        "done", "Records that an invoice was sent.",
        "settle outbox done 2026-000001 --note \"in the log\"");

    public static OutboxDecisionCommand Retry(CliContext context) => new(context, isDone: false,
        "retry",
        "Records that an invoice was not sent: the next 'settle outbox send' sends it.",
        "settle outbox retry 2026-000001");

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var outbox = Open(ledger);
        var (kind, number) = (await KindAsync(words, outbox, cancellation),
            words.GetRequiredValue(_number));
        var item = await ItemAsync(ledger, outbox, kind, number, cancellation);
        if (item.State == OutboxItem.Done)
            throw new InvalidRequestException("number", $"the {kind} of {number} is already done");
        if (item.State == OutboxItem.Waiting && !_isDone)
            throw new InvalidRequestException(
                "number", $"the {kind} of {number} is already waiting");
        if (!await outbox.TryDecideAsync(item, _isDone, words.GetValue(_note), cancellation))
            throw new InvalidRequestException(
                "number", "somebody else has just decided about it; look again");
        var now = await outbox.GetAsync(kind, number, item.Customer, cancellation);
        WriteResult(words, now, OutboxJson.Default.OutboxItem,
            done => $"{done.State}: {done.Kind} of {done.Number}");
        return ExitStatus.Done;
    }
}
