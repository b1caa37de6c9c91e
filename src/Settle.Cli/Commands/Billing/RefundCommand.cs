namespace Settle.Cli.Commands;

internal sealed class RefundCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<decimal> _amount = Typed.Amount();

    private readonly Option<string> _payment = Typed.Text("--payment", "ID",
        "The payment to give back, whose invoices are open again then [default: what was paid "
            + "too much]");

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The day it was given back [default: today]");

    private readonly Option<string> _reference =
        new("--reference") { Description = "What the bank statement says", HelpName = "TEXT" };

    private readonly Option<string> _to = Typed.Text("--to", "ACCOUNT",
        "The account it goes to [default: where the payment came from, or @world]");

    private readonly Option<string> _asset = Typed.Asset(
        "The asset [default: the payment's or the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public RefundCommand(CliContext context)
        : base(context, "refund", "Records money given back to a customer.",
            "settle refund dave 50", "settle refund dave 119 --payment p-1")
    {
        Add(_customer);
        Add(_amount);
        Add(_payment);
        Add(_date);
        Add(_reference);
        Add(_to);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var refund = await ledger.Billing.RefundAsync(new RefundRequest
        {
            Id = words.GetValue(_id),
            Customer = words.GetRequiredValue(_customer),
            Amount = Money.Typed(words.GetValue(_amount), words.GetValue(_asset)),
            Payment = words.GetValue(_payment),
            Date = words.GetValue(_date),
            Reference = words.GetValue(_reference),
            To = words.GetValue(_to),
        }, cancellation);
        WriteResult(words, refund, WireJson.Compact.Refund, done =>
            Known("refunded", done.Replayed) + $": {done.Customer} {done.Amount} on "
            + $"{Day(done.Date)}: {Sources(done.Reopened, done.OfCredit, done.LostDiscounts)}; "
            + $"id {done.Id}"
            + MovingCommand.New(done.NewAccounts));
        return ExitStatus.Done;
    }

    /// <summary>Where money that goes back comes from.</summary>
    public static string Sources(IReadOnlyList<PaymentAllocation> reopened, Money ofCredit,
        IReadOnlyList<CashDiscountPart>? lost)
    {
        var parts = reopened.Select(part =>
            $"{part.Number} is open again by {part.Amount.Digits}").ToList();
        parts.AddRange((lost ?? []).Select(discount =>
            $"cash discount lost on {discount.Invoice} {discount.Amount.Digits}"));
        if (!ofCredit.IsZero) parts.Add($"of what was paid too much {ofCredit.Digits}");
        return string.Join(", ", parts);
    }
}
