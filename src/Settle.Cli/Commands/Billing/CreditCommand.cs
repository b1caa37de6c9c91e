namespace Settle.Cli.Commands;

internal sealed class CreditCommand : BillingCommand
{
    private readonly Argument<string> _number =
        new("NUMBER") { Description = "The invoice's number" };

    private readonly Argument<decimal?> _amount = Typed.OptionalAmount(
        "Including tax, in the major unit [default: all that is not credited yet]");

    private readonly Option<CreditLine[]?> _lines = Typed.Each("--line", "N[=QUANTITY]",
        "Only this line of the invoice, or so much of it; may be repeated", ReadLine);

    private readonly Option<bool> _rebill = new("--rebill")
    {
        Description = "Open the charges again, so that the next run bills them",
    };

    private readonly Option<string> _reason =
        new("--reason") { Description = "The reason, which the customer sees", HelpName = "TEXT" };

    private readonly Option<DateOnly?> _date =
        Typed.Day("--date",
            "The date of the credit note, not before its invoice's [default: today]");

    private readonly Option<string> _id = Typed.Id();

    public CreditCommand(CliContext context)
        : base(context, "credit", "Credits an invoice, some of its lines, or an amount.",
            "settle credit 2026-000001 --rebill --reason \"wrong address\"",
            "settle credit 2026-000001 --line 2 --line 3=1.5",
            "settle credit 2026-000001 11.90")
    {
        Add(_number);
        Add(_amount);
        Add(_lines);
        Add(_rebill);
        Add(_reason);
        Add(_date);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var number = words.GetRequiredValue(_number);
        Money? amount = words.GetValue(_amount) is { } part ? Money.Typed(part) : null;
        var note = await ledger.Billing.CreditAsync(new CreditRequest
        {
            Id = words.GetValue(_id),
            Invoice = number,
            Amount = amount,
            Lines = words.GetValue(_lines) is { Length: > 0 } lines ? lines : null,
            Rebill = words.GetValue(_rebill),
            Reason = words.GetValue(_reason),
            Date = words.GetValue(_date),
        }, cancellation);
        WriteResult(words, note, WireJson.Compact.Invoice, done =>
            Known("credited", done.Replayed) + $": {done.Corrects} by {done.Number}, "
            + $"{done.Amount} for {done.Customer}" + Reopened(done));
        if (note.Warning is { } warning) Context.Error.WriteLine($"warning: {warning}");
        return ExitStatus.Done;
    }

    private static string Reopened(Invoice note) => note is not { Deposits: { } deposits }
        ? "" : "; " + (deposits.Count == 1 ? "deposit invoice " : "deposit invoices ")
            + string.Join(", ", deposits.Select(deposit => $"{deposit.Number} ({deposit.Amount})"))
            + (deposits.Count == 1 ? " is" : " are") + " open again, so "
            + $"{note.Amount - note.Prepaid!.Value} are credited";

    private static CreditLine ReadLine(string field, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new CreditLine
        {
            Line = (int)Settle.Parse.Integer(
                field, equals < 0 ? text : text[..equals], 1, Limits.InvoiceChargesMax),
            Quantity = equals < 0 ? null : Settle.Parse.TypedDecimal(field, text[(equals + 1)..]),
        };
    }
}
