using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class CreditCommand : BillingCommand
{
    private readonly Argument<string> _number =
        new("NUMBER") { Description = "The invoice's number" };

    private readonly Argument<string?> _amount = new("AMOUNT")
    {
        Description = "With tax, in the major unit [default: all that is not credited yet]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _rebill = new("--rebill")
    {
        Description = "Open its charges again, so that the next run bills them anew",
    };

    private readonly Option<string> _reason =
        new("--reason") { Description = "Why, for the customer", HelpName = "TEXT" };

    private readonly DayOption _date =
        new("--date", "The date of the credit note [default: today]");

    private readonly IdOption _id = new();

    public CreditCommand(CliContext context)
        : base(context, "credit", "Credits an invoice, all of it or a part.",
            "settle credit 2026-000001 --rebill --reason \"wrong address\"",
            "settle credit 2026-000001 11.90")
    {
        Add(_number);
        Add(_amount);
        Add(_rebill);
        Add(_reason);
        Add(_date);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_amount) is { } amount) Amounts.Read("amount", amount);
        _date.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var number = words.GetRequiredValue(_number);
        Money? amount = words.GetValue(_amount) is { } text
            ? Money.Of(Amounts.Read("amount", text)) : null;
        var note = await ledger.Billing.CreditAsync(new CreditRequest
        {
            Id = words.GetValue(_id),
            Invoice = number,
            Amount = amount,
            Rebill = words.GetValue(_rebill),
            Reason = words.GetValue(_reason),
            Date = _date.In(words),
        }, cancellation);
        WriteResult(words, note, WireJson.Compact.Invoice, done =>
            Known("credited", done.Replayed) + $": {done.Corrects} by {done.Number}, "
            + $"{done.Amount} for {done.Customer}");
        return ExitStatus.Done;
    }
}
