using System.CommandLine;
using Settle.Cli.Input;
using Settle.Cli.Output;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class ChargesCommand : BillingCommand
{
    private readonly Argument<string?> _customer = new("CUSTOMER")
    {
        Description = "Only this customer's",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _all =
        new("--all") { Description = "Also those that an invoice bills" };

    public ChargesCommand(CliContext context)
        : base(context, "charges", "Lists the charges that no invoice bills yet.",
            "settle charges", "settle charges dave --all")
    {
        Add(_customer);
        Add(_all);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var charges = await Pages.AllAsync(after => ledger.Billing.ListChargesAsync(new ChargeQuery
        {
            Customer = words.GetValue(_customer),
            Uninvoiced = words.GetValue(_all) ? null : true,
            Limit = Pages.LimitMax,
            After = after,
        }, cancellation)).ToListAsync(cancellation);
        if (WantsJson(words))
        {
            JsonLines.WriteArray(Context.Output, charges, WireJson.Compact.Charge);
            return ExitStatus.Done;
        }
        var scales = await Scales.OfAsync(ledger, cancellation);
        Tables.Write(Context,
            ["Date", "Customer", "Description", "Amount>", "Asset", "Prices", "Tax", "Invoice",
            "Id"],
            charges.Select(charge => new[]
            {
                Day(charge.Date),
                charge.Customer,
                charge.Description,
                scales.Format(charge.Amount, charge.Asset),
                charge.Asset,
                charge.Prices,
                charge.Tax ?? "",
                charge.Invoice ?? charge.Reason ?? "",
                charge.Id,
            }));
        return ExitStatus.Done;
    }
}
