using Settle.Wire;

namespace Settle.Bank;

/// <summary>
/// Posts the sure matches of a bank statement to open invoices, each once however often a file is
/// imported, and tells what the others may be.
/// </summary>
internal sealed class BankImport(ILedger ledger)
{
    // Many lines share a block, and a sync of the disk.
    private const int InFlight = 512;

    /// <param name="input">A camt.053 file.</param>
    /// <param name="posts">False to show only what would be posted.</param>
    /// <param name="progress">Receives how many lines are done; null for nobody.</param>
    /// <param name="cancellation">Stops between two lines.</param>
    /// <exception cref="InvalidRequestException">It is not a bank statement.</exception>
    public async Task<BankReport> RunAsync(Stream input, bool posts,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var lines = CamtReader.Read(input, cancellation);
        var told = await EachAsync(lines, line => RecallAsync(line, cancellation),
            "looking up", progress, cancellation).ConfigureAwait(false);
        var fresh = await EachAsync([.. lines.Where((_, at) => told[at] is null)],
            line => ContinueAsync(line, cancellation),
            "matching", progress, cancellation).ConfigureAwait(false);
        var open = fresh.Count == 0 ? [] : await OpenAsync(cancellation).ConfigureAwait(false);
        var matches = BankMatcher.Match(fresh, open, cancellation);
        var posted = new Queue<BankReportLine>(await EachAsync(matches,
            match => PostAsync(match, posts, cancellation),
            "posting", progress, cancellation).ConfigureAwait(false));
        var done = told.ConvertAll(line => line ?? posted.Dequeue());
        return new BankReport
        {
            Posted = done.Count(line => line.Status == "posted"),
            Known = done.Count(line => line.Status == "known"),
            Doubtful = done.Count(line => !line.Amount.IsNegative && !line.Amount.IsZero
                && line.Status is BankMatch.Doubtful or BankMatch.None or "refused"),
            Lines = done,
        };
    }

    private static async Task<List<TResult>> EachAsync<T, TResult>(IReadOnlyList<T> items,
        Func<T, Task<TResult>> make, string what, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var made = new List<TResult>(items.Count);
        foreach (var chunk in items.Chunk(InFlight))
        {
            cancellation.ThrowIfCancellationRequested();
            made.AddRange(await Task.WhenAll(chunk.Select(make)).ConfigureAwait(false));
            progress?.Report(new WorkProgress(made.Count, items.Count, what));
        }
        return made;
    }

    /// <summary>What became of a line before; null when it is not done.</summary>
    private async Task<BankReportLine?> RecallAsync(
        BankLine line, CancellationToken cancellation) =>
        await FindAsync(line.Id, cancellation).ConfigureAwait(false) is not { } entry ? null
            : entry.TryGetProperty("reason", out var reason) ? Refused(line, reason.GetString()!)
            : Told(line, "known", "it was posted before", []);

    /// <summary>A line that pays for several invoices, as far as it has come.</summary>
    private async Task<BankLine> ContinueAsync(BankLine line, CancellationToken cancellation)
    {
        for (var part = 1; ; part++)
        {
            if (await FindAsync(line.PartId(part), cancellation).ConfigureAwait(false)
                is not { } entry)
                return line;
            var isPosted = !entry.TryGetProperty("reason", out _);
            line = line with
            {
                Posted = line.Posted + (isPosted ? entry.GetProperty("amount").GetInt64() : 0),
                PostedParts = part,
            };
        }
    }

    private async Task<JsonElement?> FindAsync(string id, CancellationToken cancellation)
    {
        var entry = await ledger.GetEntryAsync(id, cancellation).ConfigureAwait(false);
        if (entry is null) return null;
        using var json = JsonDocument.Parse(entry.Body);
        return json.RootElement.Clone();
    }

    private async Task<BankReportLine> PostAsync(
        BankMatch match, bool posts, CancellationToken cancellation)
    {
        if (match.Certainty != BankMatch.Certain || !posts)
            return Told(match.Line, match.Certainty, match.Reason, match.Payments);
        try
        {
            foreach (var payment in match.Payments.Skip(1).Append(match.Payments[0]))
            {
                await ledger.Billing.PayAsync(payment, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            return Told(match.Line, "posted", match.Reason, match.Payments);
        }
        catch (RejectedException e)
        {
            // Somebody else may have posted the line meanwhile, in another way.
            return await RecallAsync(match.Line, cancellation).ConfigureAwait(false)
                ?? Refused(match.Line, e.Code);
        }
    }

    private async Task<List<OpenInvoice>> OpenAsync(CancellationToken cancellation)
    {
        var billing = ledger.Billing;
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        var open = new List<OpenInvoice>();
        await foreach (var invoice in billing.AllInvoicesAsync(
            new() { Status = InvoiceStatus.Open, Limit = Pages.LimitMax }, cancellation)
            .Where(each => each.Kind == InvoiceType.Invoice).ConfigureAwait(false))
        {
            if (!names.TryGetValue(invoice.Customer, out var name))
            {
                var customer = await billing.GetCustomerAsync(invoice.Customer, cancellation)
                    .ConfigureAwait(false);
                names[invoice.Customer] = name = customer?.Party?.Name;
            }
            open.Add(new OpenInvoice(invoice.Number, invoice.Customer, name, invoice.Asset,
                invoice.Date, (long)invoice.Amount.Units, (long)invoice.Open.Units));
        }
        return open;
    }

    private static BankReportLine Refused(BankLine line, string reason) => Told(line, "refused",
        $"a payment with its id was refused ({reason}): check it, and post what is right "
            + "with another id", []);

    private static BankReportLine Told(BankLine line, string status, string reason,
        IReadOnlyList<PaymentRequest> payments) => new()
        {
            Id = line.Id,
            Date = line.Date,
            Amount = Money.OfMinor(line.IsCredit ? line.Amount : -line.Amount, line.Asset),
            Posted = line.Posted > 0 ? Money.OfMinor(line.Posted, line.Asset) : null,
            Name = line.Name,
            Text = line.Text.Length == 0 ? null : line.Text,
            Status = status,
            Reason = reason,
            Payments = [.. payments.Select(payment =>
                new PaymentAllocation(payment.Invoice ?? payment.Customer ?? "", payment.Amount))],
        };
}
