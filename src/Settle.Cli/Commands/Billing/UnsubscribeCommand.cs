using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class UnsubscribeCommand : BillingCommand
{
    private readonly Argument<string> _subscription =
        new("SUBSCRIPTION") { Description = "The subscription's id" };

    private readonly DayOption _end =
        new("--end", "The last day that is charged", takesMonths: true) { Required = true };

    private readonly IdOption _id = new();

    public UnsubscribeCommand(CliContext context)
        : base(context, "unsubscribe", "Ends a subscription.",
            "settle unsubscribe desk-dave --end 2026-12-31")
    {
        Add(_subscription);
        Add(_end);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words) => _end.In(words);

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var ended = await ledger.Billing.EndSubscriptionAsync(
            words.GetRequiredValue(_subscription), _end.In(words)!.Value, words.GetValue(_id),
            cancellation);
        WriteResult(words, ended, WireJson.Compact.Subscription,
            done => SubscribeCommand.Line(done));
        return ExitStatus.Done;
    }
}
