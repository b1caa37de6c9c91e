namespace Settle.Cli.Commands;

internal sealed class UnsubscribeCommand : BillingCommand
{
    private readonly Argument<string> _subscription =
        new("SUBSCRIPTION") { Description = "The subscription's id" };

    private readonly Option<DateOnly?> _end =
        Typed.Day("--end", "The last day that is charged", takesMonths: true, isRequired: true);

    private readonly Option<string> _id = Typed.Id();

    public UnsubscribeCommand(CliContext context)
        : base(context, "unsubscribe", "Ends a subscription.",
            "settle unsubscribe desk-dave --end 2026-12-31")
    {
        Add(_subscription);
        Add(_end);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var ended = await ledger.Billing.EndSubscriptionAsync(
            words.GetRequiredValue(_subscription), words.GetValue(_end)!.Value, words.GetValue(_id),
            cancellation);
        WriteResult(words, ended, WireJson.Compact.Subscription,
            done => SubscribeCommand.Line(done, "unsubscribed"));
        if (ended.Warning is { } warning) Context.Error.WriteLine($"warning: {warning}");
        return ExitStatus.Done;
    }
}
