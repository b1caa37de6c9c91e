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

    public InvoicesCommand(CliContext context)
        : base(context, "invoices", "Lists invoices and credit notes, or shows one.",
            "settle invoices --status open", "settle invoices 2026-000001")
    {
        Add(_number);
        Add(_customer);
        Add(_status);
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
            Limit = Pages.LimitMax,
        }, cancellation).ToListAsync(cancellation);
        WriteList(words, invoices, WireJson.Compact.InvoiceSummary, InvoiceLines.Columns,
            InvoiceLines.Row);
        return ExitStatus.Done;
    }
}
