using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class ChargeCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Argument<string> _amount = new("AMOUNT")
    {
        Description = "In the major unit: 10 or 10.00; with --quantity the price of one",
    };

    private readonly Argument<string> _text = new("TEXT") { Description = "What it is for" };

    private readonly DayOption _date =
        new("--date", "The day it is for [default: today, where the customer is]");

    private readonly Option<string> _tax = new("--tax")
    {
        Description = "A rate in percent (19), or exempt, reverse_charge, intra_community, "
            + "export, out_of_scope [default: the seller's]",
        HelpName = "TAX",
    };

    private readonly Option<bool> _gross = new("--gross") { Description = "Prices are with tax" };

    private readonly Option<string> _quantity = new("--quantity", "-n")
    {
        Description = "How many, at most 6 decimals",
        HelpName = "COUNT",
    };

    private readonly Option<string> _unit = new("--unit")
    {
        Description = "The unit by its UN/ECE code: HUR for hours [default: C62, pieces]",
        HelpName = "CODE",
    };

    private readonly Option<string> _discount = new("--discount")
    {
        Description = "What the total is less, in the major unit",
        HelpName = "AMOUNT",
    };

    private readonly Option<string> _costCentre = new("--cost-centre")
    {
        Description = "Where accountants count the revenue, at most 36 bytes",
        HelpName = "CENTRE",
    };

    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The asset [default: the customer's]",
        HelpName = "CODE",
    };

    private readonly IdOption _id = new();

    public ChargeCommand(CliContext context)
        : base(context, "charge", "Records something that the next invoice bills, once.",
            "settle charge dave 10 \"meeting room\"",
            "settle charge dave 12.50 workshop --quantity 2.5 --unit HUR --tax 19",
            "settle charge dave 8 lunch --gross --date 2026-10-12 --id order-42")
    {
        Add(_customer);
        Add(_amount);
        Add(_text);
        Add(_date);
        Add(_tax);
        Add(_gross);
        Add(_quantity);
        Add(_unit);
        Add(_discount);
        Add(_costCentre);
        Add(_asset);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_quantity) is { } quantity)
        {
            Settle.Parse.Decimal("quantity", quantity);
            Settle.Parse.Decimal("amount", words.GetRequiredValue(_amount));
        }
        else
        {
            Amounts.Read("amount", words.GetRequiredValue(_amount));
            if (words.GetValue(_unit) is not null)
                throw new UsageException("--unit can only be used with --quantity");
        }
        if (words.GetValue(_discount) is { } discount)
            Amounts.Read("discount", discount, allowZero: true);
        _date.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        var asset = words.GetValue(_asset);
        var amount = words.GetRequiredValue(_amount);
        var quantity = words.GetValue(_quantity);
        var charge = await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Id = words.GetValue(_id),
            Customer = customer,
            Amount = quantity is null ? Money.Of(Amounts.Read("amount", amount), asset) : null,
            Quantity = quantity is null ? null : Settle.Parse.Decimal("quantity", quantity),
            UnitPrice = quantity is null ? null : Settle.Parse.Decimal("amount", amount),
            Unit = words.GetValue(_unit),
            CostCentre = words.GetValue(_costCentre),
            Discount = words.GetValue(_discount) is { } less
                ? Money.Of(Amounts.Read("discount", less, allowZero: true), asset) : null,
            Asset = asset,
            Date = _date.In(words),
            Description = words.GetRequiredValue(_text),
            Tax = words.GetValue(_tax),
            Prices = words.GetValue(_gross) ? PriceKind.Gross : null,
        }, cancellation);
        WriteResult(words, charge, WireJson.Compact.Charge, done =>
            Known("charged", done.Replayed) + $": {done.Customer} "
            + $"{done.Amount} {Words<PriceKind>.Of(done.Prices)} for "
            + $"{Day(done.Date)}, {Output.Tables.OneLine(done.Description)}, id {done.Id}");
        return ExitStatus.Done;
    }
}
