using System.Diagnostics;
using Settle.Billing;

namespace Settle.Cli.Commands;

internal sealed class OutboxSendCommand : OutboxPartCommand
{
    private const int NoteCharsMax = 500;

    private readonly Option<string> _run = new("--run")
    {
        Description = "The program that sends one: it gets the PDF's path and the customer's "
            + "mail address, and SETTLE_INVOICE and SETTLE_CUSTOMER in its environment; "
            + "status 0 means that it was sent",
        HelpName = "PROGRAM",
        Required = true,
    };

    public OutboxSendCommand(CliContext context)
        : base(context, "send",
            "Sends what is waiting: claims each invoice, runs a program and records the outcome. "
                + "What was claimed earlier and has no outcome is left for a person.",
            "settle outbox send --run ./mail-invoice.sh")
    {
        Add(_run);
        Add(Kind);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var outbox = Open(ledger);
        var program = words.GetRequiredValue(_run);
        using var folder = new TemporaryFolder();
        var (sent, failed, stuck) = (0, 0, 0);
        foreach (var item in await ItemsAsync(ledger, outbox, words.GetRequiredValue(Kind),
            cancellation))
        {
            if (item.State is OutboxItem.Claimed or OutboxItem.Failed) stuck++;
            if (item.State != OutboxItem.Waiting) continue;
            cancellation.ThrowIfCancellationRequested();
            var invoice = await ledger.Billing.GetInvoiceAsync(item.Number, cancellation)
                ?? throw new NotFoundException($"there is no invoice '{item.Number}'");
            var paper = Path.Combine(folder.Path, Uri.EscapeDataString(item.Number) + ".pdf");
            if (!await TryWriteAsync(paper, invoice, cancellation))
            {
                failed++;
                continue;
            }
            if (!await outbox.TryClaimAsync(item, cancellation)) continue;
            // From here on only its end may be noted, and only as what it was.
            var (isDone, note) = await SendAsync(program, paper, item, invoice);
            await outbox.TryEndAsync(item, isDone, note, CancellationToken.None);
            File.Delete(paper);
            if (isDone) sent++;
            else failed++;
        }
        Context.Output.WriteLine(WantsJson(words)
            ? string.Create(CultureInfo.InvariantCulture,
                $$"""{"sent":{{sent}},"failed":{{failed}},"stuck":{{stuck}}}""")
            : string.Create(CultureInfo.InvariantCulture,
                $"{sent} sent, {failed} failed, {stuck} stuck from before"));
        return failed + stuck > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    // One that cannot be printed stops no other, and is not claimed.
    private async Task<bool> TryWriteAsync(
        string paper, Invoice invoice, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllBytesAsync(paper, InvoicePaper.Pdf(invoice), cancellation);
            return true;
        }
        catch (UnprintableException e)
        {
            Context.Error.WriteLine($"{invoice.Number}: {e.Message} [{e.Code}]");
            return false;
        }
    }

    private static async Task<(bool IsDone, string? Note)> SendAsync(string program, string paper,
        OutboxItem item, Invoice invoice)
    {
        var start = new ProcessStartInfo(program, [paper, invoice.Buyer.Email ?? ""])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SETTLE_INVOICE"] = item.Number;
        start.Environment["SETTLE_CUSTOMER"] = item.Customer;
        try
        {
            using var process = Process.Start(start)!;
            var error = (await process.StandardError.ReadToEndAsync()).Trim();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0) return (true, null);
            return (false, error.Length == 0
                ? string.Create(CultureInfo.InvariantCulture, $"status {process.ExitCode}")
                : error[^int.Min(error.Length, NoteCharsMax)..]);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return (false, $"{program} cannot be run: {e.Message}");
        }
    }
}
