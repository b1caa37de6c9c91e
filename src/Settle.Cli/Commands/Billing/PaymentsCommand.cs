namespace Settle.Cli.Commands;

internal sealed class PaymentsCommand : BillingCommand
{
    private readonly Argument<string?> _customer = new("CUSTOMER")
    {
        Description = "Only this customer's",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "Only those paid on this day or later");

    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "Only those paid on this day or before");

    public PaymentsCommand(CliContext context)
        : base(context, "payments", "Lists payments and write-offs, newest first.",
            "settle payments", "settle payments dave --from 2026-10-01 --to 2026-10-31")
    {
        Add(_customer);
        Add(_from);
        Add(_to);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var payments = await ledger.Billing.AllPaymentsAsync(new PaymentQuery
        {
            Customer = words.GetValue(_customer),
            From = words.GetValue(_from),
            To = words.GetValue(_to),
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, payments, WireJson.Compact.Payment,
            ["Date", "Customer", "Amount>", "Asset", "From", "Unallocated>", "Invoices",
            "Reference", "Id"],
            each => [Day(each.Date), each.Customer, each.Amount.Digits, each.Asset, each.From,
                each.Unallocated.Digits,
                string.Join(' ', each.Allocations.Select(part => part.Number)),
                each.Reference ?? "", each.Id]);
        return ExitStatus.Done;
    }
}
