namespace Settle.Cli.Commands;

internal sealed class ChargebackCommand : BillingCommand
{
    private readonly Argument<string> _payment =
        new("PAYMENT") { Description = "The id of the payment that the bank took back" };

    private readonly Argument<decimal?> _amount = Typed.OptionalAmount(
        "In the major unit [default: all that is left of the payment]");

    private readonly Option<decimal?> _fee = Typed.Value("--fee", "AMOUNT",
        "What the bank asks for it, which is charged to the customer",
        (field, text) => Amounts.Read(field, text, allowZero: true));

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The day it was taken back [default: today]");

    private readonly Option<string> _reference =
        new("--reference") { Description = "What the bank statement says", HelpName = "TEXT" };

    private readonly Option<string> _id = Typed.Id();

    public ChargebackCommand(CliContext context)
        : base(context, "chargeback", "Records that a bank took a payment back.",
            "settle chargeback p-1 --fee 3", "settle chargeback p-1 50")
    {
        Add(_payment);
        Add(_amount);
        Add(_fee);
        Add(_date);
        Add(_reference);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var taken = await ledger.Billing.ChargebackAsync(new ChargebackRequest
        {
            Id = words.GetValue(_id),
            Payment = words.GetRequiredValue(_payment),
            Amount = words.GetValue(_amount) is { } part ? Money.Typed(part) : null,
            Fee = words.GetValue(_fee) is { } fee ? Money.Typed(fee) : null,
            Date = words.GetValue(_date),
            Reference = words.GetValue(_reference),
        }, cancellation);
        WriteResult(words, taken, WireJson.Compact.Chargeback, Line);
        return ExitStatus.Done;
    }

    private static string Line(Chargeback done) =>
        Known("charged back", done.Replayed) + $": {done.Payment} of {done.Customer}, "
        + $"{done.Amount} on {Day(done.Date)}: "
        + RefundCommand.Sources(done.Reopened, done.OfCredit, done.LostDiscounts)
        + (done.Fee is { } fee ? $"; fee charged {fee.Digits}" : "") + $"; id {done.Id}";
}
