using Settle.Billing;
using Settle.Stores;

namespace Settle.Cli.Commands;

/// <summary>A command about the effects of invoices.</summary>
internal abstract class OutboxPartCommand(CliContext context, string name, string description,
    params string[] examples)
    : BillingCommand(context, name, description, examples)
{
    protected Option<string> Kind { get; } = new("--kind")
    {
        Description = "What is sent; each kind is sent once",
        HelpName = "KIND",
        DefaultValueFactory = _ => "mail",
    };

    protected override void CheckWords(ParseResult words) =>
        InvoiceOutbox.CheckKind(words.GetRequiredValue(Kind));

    protected InvoiceOutbox Open(ILedger ledger) => ledger is IHasSideDocuments local
        ? new InvoiceOutbox(local.SideDocuments, Context.Time,
            $"{Environment.MachineName}:{Environment.ProcessId}")
        : throw new UsageException("an outbox is where its ledger is: name the file or the "
            + "database with --ledger, not the server");

    /// <summary>All effects of a kind, in the order of their invoices.</summary>
    protected static async Task<List<OutboxItem>> ItemsAsync(ILedger ledger, InvoiceOutbox outbox,
        string kind, CancellationToken cancellation) =>
        await outbox.ListAsync(kind, await ledger.Billing.AllInvoicesAsync(
            new InvoiceQuery { Limit = Pages.LimitMax }, cancellation)
            // What was made elsewhere was sent from there.
            .Where(invoice => invoice.Kind != InvoiceType.Opening)
            .ToListAsync(cancellation), cancellation);

    protected static async Task<OutboxItem> ItemAsync(ILedger ledger, InvoiceOutbox outbox,
        string kind, string number, CancellationToken cancellation)
    {
        var invoice = await ledger.Billing.GetInvoiceAsync(number, cancellation)
            ?? throw new NotFoundException($"there is no invoice '{number}'");
        if (invoice.Kind == InvoiceType.Opening)
        {
            throw new NotFoundException($"the invoice '{number}' was made elsewhere and brought "
                + "in; it was sent from there");
        }
        return await outbox.GetAsync(kind, number, invoice.Customer, cancellation);
    }
}
