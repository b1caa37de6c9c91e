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
        Description = "What is sent; each kind is sent once, in any case",
        HelpName = "KIND",
        DefaultValueFactory = _ => InvoiceOutbox.Mail,
    };

    protected Option<bool> NewKind { get; } =
        new("--new-kind") { Description = "Begin a kind that the ledger does not have yet" };

    protected override void CheckWords(ParseResult words) =>
        InvoiceOutbox.CheckKind(words.GetRequiredValue(Kind));

    /// <summary>The kind that is meant, as the ledger spells it.</summary>
    /// <exception cref="InvalidRequestException">The ledger has no such kind.</exception>
    protected async Task<string> KindAsync(ParseResult words, InvoiceOutbox outbox,
        CancellationToken cancellation)
    {
        var typed = words.GetRequiredValue(Kind);
        if (typed == InvoiceOutbox.Mail) return typed;
        var known = await outbox.KindsAsync(cancellation);
        // Those that were made before case was passed over may differ by it alone.
        return known.Find(kind => kind == typed)
            ?? known.Find(kind => kind.Equals(typed, StringComparison.OrdinalIgnoreCase))
            ?? (Options.Contains(NewKind) && words.GetValue(NewKind) ? typed
                : throw Settle.Parse.Fault("kind", typed, "is not a kind of this ledger, which has "
                    + $"{string.Join(", ", known.Select(Texts.Shown))}; to begin another one, "
                    + "run 'settle outbox send' or 'settle outbox done' with --new-kind"));
    }

    protected InvoiceOutbox Open(ILedger ledger) => ledger is IHasSideDocuments local
        ? new InvoiceOutbox(local.SideDocuments, Context.Time,
            $"{Environment.MachineName}:{Environment.ProcessId}")
        : throw new UsageException("an outbox is where its ledger is: name the file or the "
            + "database with --ledger, not the server");

    /// <summary>
    /// All effects of a kind: those of invoices, then those of reminders, and of quotes. A quote
    /// that was answered or has expired waits for nothing.
    /// </summary>
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
        var quotes = await ledger.Billing.AllQuotesAsync(
                new QuoteQuery { Limit = Pages.LimitMax }, cancellation).ToListAsync(cancellation);
        reminders.Reverse();
        quotes.Reverse();
        var over = quotes.Where(quote => quote.Status != QuoteStatus.Open)
            .Select(quote => quote.Number).ToHashSet();
        var items = await outbox.ListAsync(kind, [.. papers, .. reminders,
            .. quotes.Select(quote => (quote.Number, quote.Customer))], cancellation);
        items.RemoveAll(item => over.Contains(item.Number)
            && item.State is OutboxItem.Waiting or OutboxItem.Deferred);
        return items;
    }

    protected static async Task<OutboxItem> ItemAsync(ILedger ledger, InvoiceOutbox outbox,
        string kind, string number, CancellationToken cancellation)
    {
        if (await ledger.Billing.GetReminderAsync(number, cancellation) is { } reminder)
            return await outbox.GetAsync(kind, number, reminder.Customer, cancellation);
        if (await ledger.Billing.GetQuoteAsync(number, cancellation) is { } quote)
            return await outbox.GetAsync(kind, number, quote.Customer, cancellation);
        var invoice = await ledger.Billing.GetInvoiceAsync(number, cancellation)
            ?? throw new NotFoundException(
                $"there is no invoice, reminder or quote '{number}'");
        if (!invoice.HasPaper)
        {
            throw new NotFoundException($"the invoice '{number}' was made elsewhere and brought "
                + "in; it was sent from there");
        }
        return await outbox.GetAsync(kind, number, invoice.Customer, cancellation);
    }
}
