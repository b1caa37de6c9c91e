namespace Settle.Cli.Commands;

internal sealed class PayCommand : BillingCommand
{
    private readonly Argument<string> _what = new("CUSTOMER|NUMBER")
    {
        Description = "The invoice to pay, or the customer, whose oldest invoices are paid first",
    };

    private readonly Argument<decimal> _amount = Typed.Amount();

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The day it was paid [default: today]");

    private readonly Option<string> _reference =
        new("--reference") { Description = "What the bank statement says", HelpName = "TEXT" };

    private readonly Option<string> _from = Typed.Text("--from", "ACCOUNT",
        "The account it comes from [default: @world]");

    private readonly Option<bool> _writeOff =
        new("--write-off") { Description = "Nothing was paid: the debt is written off" };

    private readonly Option<string> _asset = Typed.Asset(
        "The asset [default: the invoice's or the customer's]");

    private readonly Option<string> _id = Typed.Id();

    public PayCommand(CliContext context)
        : base(context, "pay", "Records a customer's payment, or writes a debt off.",
            "settle pay 2026-000001 119", "settle pay dave 500 --date 2026-11-12",
            "settle pay 2026-000001 4.20 --write-off")
    {
        Add(_what);
        Add(_amount);
        Add(_date);
        Add(_reference);
        Add(_from);
        Add(_writeOff);
        Add(_asset);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_writeOff) && words.GetValue(_from) is not null)
            throw new UsageException("--from cannot be combined with --write-off");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var what = words.GetRequiredValue(_what);
        var invoice = await ledger.Billing.GetInvoiceAsync(what, cancellation);
        var payment = await PayAsync(ledger.Billing, new PaymentRequest
        {
            Id = words.GetValue(_id),
            Customer = invoice is null ? what : null,
            Invoice = invoice is null ? null : what,
            Amount = Money.Typed(words.GetValue(_amount),
                words.GetValue(_asset)),
            Date = words.GetValue(_date),
            Reference = words.GetValue(_reference),
            From = words.GetValue(_from),
            WriteOff = words.GetValue(_writeOff),
        }, cancellation);
        WriteResult(words, payment, WireJson.Compact.Payment, done => Line(done));
        return ExitStatus.Done;
    }

    // Whoever types an invoice's number wrongly did not mean a customer.
    private static async Task<Payment> PayAsync(
        IBilling billing, PaymentRequest request, CancellationToken cancellation)
    {
        try
        {
            return await billing.PayAsync(request, cancellation);
        }
        catch (RejectedException e) when (request.Customer is { } typed
            && e.Refusal == RefusalCode.UnknownCustomer)
        {
            throw RejectedException.For(e.Verdict, e.Id, e.Replayed,
                $"there is neither an invoice nor a customer '{Settle.Parse.Shorten(typed)}'");
        }
    }

    internal static string Line(Payment done)
    {
        var parts = done.Allocations.Select(part =>
            $"{part.Number} {part.Amount.Digits}").ToList();
        parts.AddRange((done.CashDiscounts ?? []).Select(discount =>
            $"cash discount on {discount.Invoice} {discount.Amount.Digits}"));
        if (!done.Unallocated.IsZero)
            parts.Add($"left for the next invoices {done.Unallocated.Digits}");
        return Known(done.WriteOff ? "written off" : "paid", done.Replayed)
            + $": {done.Customer} {done.Amount} on "
            + $"{Day(done.Date)}: {string.Join(", ", parts)}; id {done.Id}";
    }
}
