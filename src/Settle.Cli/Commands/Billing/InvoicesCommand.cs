namespace Settle.Cli.Commands;

internal sealed class InvoicesCommand : BillingCommand
{
    private readonly Argument<string?> _number = new("NUMBER")
    {
        Description = "The invoice or credit note to show; without one all are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _customer =
        new("--customer") { Description = "Only this customer's", HelpName = "CUSTOMER" };

    private readonly Option<InvoiceStatus?> _status = Typed.Value("--status", "STATUS",
        "Only those that are open, paid, credited or written_off", Words<InvoiceStatus>.Parse);

    private readonly Option<bool> _overdue = new("--overdue")
    {
        Description = "Only those that are open and were due before today",
    };

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "Only those of this day or later");

    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "Only those of this day or before", takesMonths: true);

    public InvoicesCommand(CliContext context)
        : base(context, "invoices", "Lists invoices and credit notes, or shows one.",
            "settle invoices --status open", "settle invoices --overdue",
            "settle invoices 2026-000001")
    {
        Add(_number);
        Add(_customer);
        Add(_status);
        Add(_overdue);
        Add(_from);
        Add(_to);
    }

    protected override bool HasTable => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_number) is not null && WantsCsv(words))
            throw new UsageException("--csv can only be used with the list of all invoices");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        if (words.GetValue(_number) is { } number)
        {
            var invoice = await ledger.Billing.GetInvoiceAsync(number, cancellation)
                ?? throw new NotFoundException($"there is no invoice '{number}'");
            if (WantsJson(words))
                Context.Output.WriteLine(
                    JsonSerializer.Serialize(invoice, WireJson.Compact.Invoice));
            else
                InvoiceLines.Write(Context, invoice);
            return ExitStatus.Done;
        }
        var invoices = await ledger.Billing.AllInvoicesAsync(new InvoiceQuery
        {
            Customer = words.GetValue(_customer),
            Status = words.GetValue(_status),
            Overdue = words.GetValue(_overdue),
            From = words.GetValue(_from),
            To = words.GetValue(_to),
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, invoices, WireJson.Compact.InvoiceSummary, InvoiceLines.Columns,
            InvoiceLines.Row);
        return ExitStatus.Done;
    }
}
