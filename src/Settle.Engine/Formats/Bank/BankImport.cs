using System.Globalization;
using Settle.Wire;

namespace Settle.Formats.Bank;

/// <summary>
/// Posts the lines of a bank statement that surely pay invoices, each once however often a file is
/// imported, and tells what the others may be.
/// </summary>
internal sealed class BankImport(ILedger ledger)
{
    private const int PageMax = 1000;

    // Many lines share a block, and a sync of the disk.
    private const int InFlight = 512;

    /// <param name="input">A camt.053 file.</param>
    /// <param name="posts">False to show only what would be posted.</param>
    /// <param name="cancellation">Stops between two lines.</param>
    /// <exception cref="InvalidRequestException">It is no such file.</exception>
    public async Task<BankReport> RunAsync(Stream input, bool posts,
        CancellationToken cancellation)
    {
        var lines = CamtReader.Read(input);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (await ledger.GetEntryAsync(line.Id, cancellation).ConfigureAwait(false)
                is not null)
                known.Add(line.Id);
        }
        var fresh = lines.Where(line => !known.Contains(line.Id)).ToList();
        var open = fresh.Count == 0 ? [] : await OpenAsync(cancellation).ConfigureAwait(false);
        var matches = BankMatcher.Match(fresh, open).ToDictionary(match => match.Line);
        var done = new List<BankReportLine>();
        foreach (var chunk in lines.Chunk(InFlight))
        {
            cancellation.ThrowIfCancellationRequested();
            done.AddRange(await Task.WhenAll(chunk.Select(line =>
                matches.TryGetValue(line, out var match)
                    ? PostAsync(match, posts, cancellation)
                    : Task.FromResult(Told(line, "known", "it was posted before", []))))
                .ConfigureAwait(false));
        }
        return new BankReport
        {
            Posted = done.Count(line => line.Status == "posted"),
            Known = done.Count(line => line.Status == "known"),
            Doubtful = done.Count(line => line.Status is BankMatch.Doubtful or BankMatch.None
                && line.Amount > 0),
            Lines = done,
        };
    }

    private async Task<BankReportLine> PostAsync(BankMatch match, bool posts,
        CancellationToken cancellation)
    {
        if (match.Certainty != BankMatch.Certain || !posts)
            return Told(match.Line, match.Certainty, match.Reason, match.Payments);
        // The first payment has the line's id, by which it is known again: it is posted last, so
        // that a line is known only when all of it is posted.
        for (var i = match.Payments.Count - 1; i >= 0; i--)
        {
            var id = i == 0 ? match.Line.Id : string.Create(CultureInfo.InvariantCulture,
                $"{match.Line.Id}/{i + 1}");
            await ledger.Billing.PayAsync(match.Payments[i] with { Id = id }, cancellation)
                .ConfigureAwait(false);
        }
        return Told(match.Line, "posted", match.Reason, match.Payments);
    }

    private async Task<List<OpenInvoice>> OpenAsync(CancellationToken cancellation)
    {
        var billing = ledger.Billing;
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        var open = new List<OpenInvoice>();
        var query = new InvoiceQuery { Status = "open", Limit = PageMax };
        while (true)
        {
            var page = await billing.ListInvoicesAsync(query, cancellation).ConfigureAwait(false);
            foreach (var invoice in page.Items.Where(each => each.Kind == "invoice"))
            {
                if (!names.TryGetValue(invoice.Customer, out var name))
                {
                    var customer = await billing.GetCustomerAsync(invoice.Customer, cancellation)
                        .ConfigureAwait(false);
                    names[invoice.Customer] = name = customer?.Party?.Name;
                }
                open.Add(new OpenInvoice(invoice.Number, invoice.Customer, name, invoice.Asset,
                    invoice.Date, invoice.Amount, invoice.Open));
            }
            if (page.Next is null) return open;
            query = query with { After = page.Next };
        }
    }

    private static BankReportLine Told(BankLine line, string status, string reason,
        IReadOnlyList<PaymentRequest> payments) => new()
        {
            Id = line.Id,
            Date = line.Date,
            Amount = line.IsCredit ? line.Amount : -line.Amount,
            Asset = line.Asset,
            Name = line.Name,
            Text = line.Text.Length == 0 ? null : line.Text,
            Status = status,
            Reason = reason,
            Payments = [.. payments.Select(payment =>
                new PaymentAllocation(payment.Invoice ?? payment.Customer ?? "", payment.Amount))],
        };
}
