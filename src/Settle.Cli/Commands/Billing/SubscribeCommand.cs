using System.CommandLine;
using Settle.Cli.Input;
using Settle.Cli.Output;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class SubscribeCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<string> _amount =
        new("AMOUNT") { Description = "Of a whole month, in the major unit" };

    private readonly Argument<string> _text = new("TEXT") { Description = "What it is for" };

    private readonly DayOption _start = new("--start", "The first day") { Required = true };
    private readonly DayOption _end =
        new("--end", "The last day [default: none]", takesMonths: true);

    private readonly Option<string> _tax = new("--tax")
    {
        Description = "A rate in percent, or a word as for 'settle charge' "
            + "[default: the seller's]",
        HelpName = "TAX",
    };

    private readonly Option<bool> _gross =
        new("--gross") { Description = "The amount is with tax" };

    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The asset [default: the customer's]",
        HelpName = "CODE",
    };

    private readonly IdOption _id = new();

    public SubscribeCommand(CliContext context)
        : base(context, "subscribe",
            "Makes a charge recur each month; the first and the last one by their days.",
            "settle subscribe dave 249 Desk --start 2026-10-16 --id desk-dave",
            "settle subscribe alex 99 \"Day pass\" --start 2026-10-01 --end 2026-12 --gross")
    {
        Add(_customer);
        Add(_amount);
        Add(_text);
        Add(_start);
        Add(_end);
        Add(_tax);
        Add(_gross);
        Add(_asset);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words)
    {
        Amounts.Read("amount", words.GetRequiredValue(_amount));
        _start.In(words);
        _end.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        var asset = words.GetValue(_asset);
        var made = await ledger.Billing.SubscribeAsync(new SubscriptionRequest
        {
            Id = words.GetValue(_id),
            Customer = customer,
            Amount = Money.Of(Amounts.Read("amount", words.GetRequiredValue(_amount)), asset),
            Description = words.GetRequiredValue(_text),
            Tax = words.GetValue(_tax),
            Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
            Start = _start.In(words)!.Value,
            End = _end.In(words),
        }, cancellation);
        WriteResult(words, made, WireJson.Compact.Subscription, done => Line(done));
        return ExitStatus.Done;
    }

    internal static string Line(Subscription done) =>
        Known("subscribed", done.Replayed) + $": {done.Customer} "
        + $"{done.Amount} {Words<PriceKind>.Of(done.Prices)} a month for "
        + $"{Tables.OneLine(done.Description)}, from {Day(done.Start)}"
        + (done.End is { } end ? $" to {Day(end)}" : "") + $", id {done.Id}";
}
