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

    /// <summary>All effects of a kind: those of invoices, then those of reminders.</summary>
    protected static async Task<List<OutboxItem>> ItemsAsync(ILedger ledger, InvoiceOutbox outbox,
        string kind, CancellationToken cancellation)
    {
        // What was made elsewhere was sent from there.
        var papers = await ledger.Billing.AllInvoicesAsync(
                new InvoiceQuery { Limit = Pages.LimitMax }, cancellation)
            .Where(invoice => invoice.HasPaper)
            .Select(invoice => (invoice.Number, invoice.Customer)).ToListAsync(cancellation);
        var reminders = await ledger.Billing.AllRemindersAsync(
                new ReminderQuery { Limit = Pages.LimitMax }, cancellation)
            .Select(reminder => (reminder.Number, reminder.Customer)).ToListAsync(cancellation);
        reminders.Reverse();
        return await outbox.ListAsync(kind, [.. papers, .. reminders], cancellation);
    }

    protected static async Task<OutboxItem> ItemAsync(ILedger ledger, InvoiceOutbox outbox,
        string kind, string number, CancellationToken cancellation)
    {
        if (await ledger.Billing.GetReminderAsync(number, cancellation) is { } reminder)
            return await outbox.GetAsync(kind, number, reminder.Customer, cancellation);
        var invoice = await ledger.Billing.GetInvoiceAsync(number, cancellation)
            ?? throw new NotFoundException($"there is no invoice or reminder '{number}'");
        if (!invoice.HasPaper)
        {
            throw new NotFoundException($"the invoice '{number}' was made elsewhere and brought "
                + "in; it was sent from there");
        }
        return await outbox.GetAsync(kind, number, invoice.Customer, cancellation);
    }
}
