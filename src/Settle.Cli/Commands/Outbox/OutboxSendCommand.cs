using Settle.Billing;
using Settle.Cli.Sending;

namespace Settle.Cli.Commands;

internal sealed class OutboxSendCommand : OutboxPartCommand
{
    private readonly Option<string> _run = new("--run")
    {
        Description = "A program that sends each one, instead of a mail server: it gets the PDF's "
            + "path and the customer's mail address, and SETTLE_INVOICE and SETTLE_CUSTOMER in its "
            + "environment; status 0 means that it was sent",
        HelpName = "PROGRAM",
    };

    private readonly MailOptions _mail;

    public OutboxSendCommand(CliContext context)
        : base(context, "send",
            "Sends what is waiting: claims each invoice, reminder or quote, mails it (or runs a "
                + "program) and records the outcome. What is claimed and has no outcome is left "
                + "for a person.",
            "settle outbox send --smtp smtp://mail.example.com --smtp-user billing "
                + "--password-file mail.secret",
            "settle outbox send --run ./mail-invoice.sh")
    {
        _mail = new MailOptions(this, context);
        Add(_run);
        Add(Kind);
        Add(NewKind);
    }

    protected override void CheckWords(ParseResult words)
    {
        base.CheckWords(words);
        if (words.GetValue(_run) is not null && _mail.GivenIn(words) is { } other)
            throw new UsageException($"--run cannot be combined with {other}");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var outbox = Open(ledger);
        var kind = await KindAsync(words, outbox, cancellation);
        var report = new OutboxReport();
        await using IInvoiceSender sender = words.GetValue(_run) is { } program
            ? new ProgramSender(program) : await _mail.SenderAsync(words, ledger, cancellation);
        var items = await ItemsAsync(ledger, outbox, kind, cancellation);
        try
        {
            foreach (var item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                if (item.IsStuck) report.Stuck++;
                else if (outbox.IsDue(item))
                    await SendAsync(ledger, outbox, sender, item, report, cancellation);
                else if (item.State == OutboxItem.Deferred) report.Deferred++;
            }
        }
        finally
        {
            Context.Output.WriteLine(WantsJson(words)
                ? JsonSerializer.Serialize(report, ReportJson.Default.OutboxReport)
                : report.ToString());
        }
        return report.Failed + report.Deferred + report.Unknown + report.Unsendable
            + report.Stuck > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    private async Task SendAsync(ILedger ledger, InvoiceOutbox outbox, IInvoiceSender sender,
        OutboxItem item, OutboxReport report, CancellationToken cancellation)
    {
        PreparedSending ready;
        try
        {
            ready = await sender.PrepareAsync(
                await PaperAsync(ledger.Billing, item.Number, cancellation),
                await ledger.Billing.GetCustomerAsync(item.Customer, cancellation)
                    ?? throw new NotFoundException($"there is no customer '{item.Customer}'"),
                cancellation);
        }
        catch (SettleException e) when (e is InvalidRequestException or InvoiceRuleException
            or UnprintableException)
        {
            report.Unsendable++;
            Context.Say("warning", $"{item.Number} cannot be sent: {e.Message} [{e.Code}]");
            return;
        }
        if (!await outbox.TryClaimAsync(item with { Note = ready.Note }, cancellation)) return;
        // From here on only its end may be noted, and only as what it was.
        var outcome = await outbox.EndAsync(
            item, await ready.SendAsync(), CancellationToken.None);
        if (outcome.State == OutboxItem.Done) report.Sent++;
        else if (outcome.State == OutboxItem.Deferred) report.Deferred++;
        else if (outcome.State == OutboxItem.Failed) report.Failed++;
        else report.Unknown++;
        if (outcome.State == OutboxItem.Claimed)
        {
            Context.Say("warning", $"{item.Number} may have been sent or not: {outcome.Note}; "
                + $"look for {ready.Note} at the mail server, then run "
                + $"'{Context.Program} outbox done {item.Number}' or "
                + $"'{Context.Program} outbox retry {item.Number}'");
        }
        else if (outcome.State != OutboxItem.Done)
        {
            Context.Say("warning", $"{item.Number} {outcome.State}: {outcome.Note}");
        }
    }

    private static async Task<OutboxPaper> PaperAsync(
        IBilling billing, string number, CancellationToken cancellation)
    {
        if (await billing.GetQuoteAsync(number, cancellation) is { } quote)
        {
            return quote.Status == QuoteStatus.Open ? OutboxPaper.Of(quote)
                : throw new InvalidRequestException("quote", $"is {Words<QuoteStatus>.Of(
                    quote.Status)} by now, so it is not sent any more");
        }
        if (await billing.GetReminderAsync(number, cancellation) is not { } reminder)
        {
            return OutboxPaper.Of(await billing.GetInvoiceAsync(number, cancellation)
                ?? throw new NotFoundException($"there is no invoice '{number}'"));
        }
        foreach (var item in reminder.Invoices)
        {
            if (await billing.GetInvoiceAsync(item.Number, cancellation) is { Open.IsZero: false })
                return OutboxPaper.Of(reminder);
        }
        throw new InvalidRequestException("invoices", "are all paid by now; "
            + $"run 'settle outbox done {number}' so that nobody is reminded of them");
    }
}
