namespace Settle.Cli.Commands;

/// <summary>Lists money of customers, newest first: payments, refunds or charge-backs.</summary>
internal sealed class PaymentsCommand : BillingCommand
{
    private readonly Argument<string?> _customer = new("CUSTOMER")
    {
        Description = "Only this customer's",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "Only those of this day or later");

    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "Only those of this day or before");

    private readonly Func<ParseResult, IBilling, PaymentQuery, CancellationToken, Task> _list;

    private PaymentsCommand(CliContext context, string name, string what,
        Func<PaymentsCommand, ParseResult, IBilling, PaymentQuery, CancellationToken, Task> list)
        : base(context, name, $"Lists {what}, newest first.",
            $"settle {name}", $"settle {name} dave --from 2026-10-01 --to 2026-10-31")
    {
        _list = (words, billing, query, stop) => list(this, words, billing, query, stop);
        Add(_customer);
        Add(_from);
        Add(_to);
    }

    public static PaymentsCommand Payments(CliContext context) => new(context, "payments",
        "payments and write-offs, with what went back of them",
        async (command, words, billing, query, stop) => command.WriteList(words,
            await billing.AllPaymentsAsync(query, stop).ToListAsync(stop),
            WireJson.Compact.Payment,
            ["Date", "Customer", "Amount>", "Asset", "From", "Unallocated>", "Returned>", "Left>",
            "Invoices", "Reference", "Id"],
            each => [Day(each.Date), each.Customer, each.Amount.Digits, each.Asset, each.From,
                each.Unallocated.Digits, each.Returned?.Digits ?? "", each.Left?.Digits ?? "",
                Numbers(each.Allocations), each.Reference ?? "", each.Id]));

    public static PaymentsCommand Refunds(CliContext context) => new(context, "refunds",
        "refunds, with the invoices that are open again",
        async (command, words, billing, query, stop) => command.WriteList(words,
            await billing.AllRefundsAsync(query, stop).ToListAsync(stop),
            WireJson.Compact.Refund,
            ["Date", "Customer", "Amount>", "Asset", "To", "Payment", "Invoices", "Reference",
            "Id"],
            each => [Day(each.Date), each.Customer, each.Amount.Digits, each.Asset, each.To,
                each.Payment ?? "", Numbers(each.Reopened), each.Reference ?? "", each.Id]));

    public static PaymentsCommand Chargebacks(CliContext context) => new(context, "chargebacks",
        "charge-backs, with the invoices that are open again",
        async (command, words, billing, query, stop) => command.WriteList(words,
            await billing.AllChargebacksAsync(query, stop).ToListAsync(stop),
            WireJson.Compact.Chargeback,
            ["Date", "Customer", "Amount>", "Asset", "Fee>", "To", "Payment", "Invoices",
            "Reference", "Id"],
            each => [Day(each.Date), each.Customer, each.Amount.Digits, each.Asset,
                each.Fee?.Digits ?? "", each.To, each.Payment, Numbers(each.Reopened),
                each.Reference ?? "", each.Id]));

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        await _list(words, ledger.Billing, new PaymentQuery
        {
            Customer = words.GetValue(_customer),
            From = words.GetValue(_from),
            To = words.GetValue(_to),
            Limit = Pages.LimitMax,
        }, cancellation);
        return ExitStatus.Done;
    }

    private static string Numbers(IReadOnlyList<PaymentAllocation> parts) =>
        string.Join(' ', parts.Select(part => part.Number));
}
