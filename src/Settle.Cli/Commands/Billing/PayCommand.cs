using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class PayCommand : BillingCommand
{
    private readonly Argument<string> _what = new("CUSTOMER|NUMBER")
    {
        Description = "The invoice that is paid, or the customer: then the oldest ones first",
    };

    private readonly Argument<string> _amount =
        new("AMOUNT") { Description = "In the major unit: 50 or 50.00" };

    private readonly DayOption _date = new("--date", "The day it was paid [default: today]");

    private readonly Option<string> _reference =
        new("--reference") { Description = "What the bank statement says", HelpName = "TEXT" };

    private readonly Option<string> _from = new("--from")
    {
        Description = "The account it comes from [default: @world]",
        HelpName = "ACCOUNT",
    };

    private readonly Option<bool> _writeOff =
        new("--write-off") { Description = "Nothing was paid: the debt is given up" };

    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The asset [default: the invoice's or the customer's]",
        HelpName = "CODE",
    };

    private readonly IdOption _id = new();

    public PayCommand(CliContext context)
        : base(context, "pay", "Records what a customer paid, or a debt that is given up.",
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

    protected override void CheckWords(ParseResult words)
    {
        Amounts.Read("amount", words.GetRequiredValue(_amount));
        _date.In(words);
        if (words.GetValue(_writeOff) && words.GetValue(_from) is not null)
            throw new UsageException("--from cannot be combined with --write-off");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var what = words.GetRequiredValue(_what);
        var invoice = await ledger.Billing.GetInvoiceAsync(what, cancellation);
        var payment = await ledger.Billing.PayAsync(new PaymentRequest
        {
            Id = words.GetValue(_id),
            Customer = invoice is null ? what : null,
            Invoice = invoice is null ? null : what,
            Amount = Money.Of(Amounts.Read("amount", words.GetRequiredValue(_amount)),
                words.GetValue(_asset)),
            Date = _date.In(words),
            Reference = words.GetValue(_reference),
            From = words.GetValue(_from),
            WriteOff = words.GetValue(_writeOff),
        }, cancellation);
        WriteResult(words, payment, WireJson.Compact.Payment, done => Line(done));
        return ExitStatus.Done;
    }

    internal static string Line(Payment done)
    {
        var parts = done.Allocations.Select(part =>
            $"{part.Number} {part.Amount.Digits}").ToList();
        if (!done.Unallocated.IsZero)
            parts.Add($"left for the next invoices {done.Unallocated.Digits}");
        return Known(done.WriteOff ? "written off" : "paid", done.Replayed)
            + $": {done.Customer} {done.Amount} on "
            + $"{Day(done.Date)}: {string.Join(", ", parts)}; id {done.Id}";
    }
}
