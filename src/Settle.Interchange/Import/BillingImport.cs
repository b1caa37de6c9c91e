using Settle.Billing;
using Settle.Views;

namespace Settle.Import;

/// <summary>
/// Imports a file of charges, customers, subscriptions, quotes or open invoices. As with transfers,
/// a file with a fault is refused as a whole before anything is sent, and importing it again
/// finishes it.
/// </summary>
internal sealed class BillingImport(ILedger ledger, string? asset,
    IProgress<WorkProgress>? progress)
{
    private const int BatchRows = 5000;
    // Many share a sync of the disk.
    private const int InFlight = 1024;

    /// <summary>Looks for faults.</summary>
    /// <returns>What the ledger has that rows can name.</returns>
    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public async Task<BillingFacts> CheckAsync(
        CsvFileKind kind, ImportFile source, CancellationToken cancellation)
    {
        var facts = await BillingFacts.ReadAsync(ledger, asset, cancellation)
            .ConfigureAwait(false);
        CsvChecks.Check<object>(source, kind switch
        {
            CsvFileKind.Charges => rows => new CsvCharges(rows, facts).Read,
            CsvFileKind.Customers => rows => new CsvCustomers(rows, facts).Read,
            CsvFileKind.Subscriptions => rows => new CsvSubscriptions(rows, facts).Read,
            CsvFileKind.Quotes => rows => new CsvQuotes(rows, facts).Read,
            _ => rows => new CsvOpenings(rows, facts).Read,
        }, progress, cancellation);
        return facts;
    }

    /// <param name="source">The file of charges.</param>
    /// <param name="rejected">Takes the refused rows; null for nobody.</param>
    /// <param name="cancellation">Stops after the batch that is under way.</param>
    /// <exception cref="CsvFaultsException">The file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> ChargesAsync(ImportFile source, RefusedRows? rejected,
        CancellationToken cancellation)
    {
        var facts = await CheckAsync(CsvFileKind.Charges, source, cancellation)
            .ConfigureAwait(false);
        var summary = new ImportSummary();
        using var file = source.OpenCsv();
        var charges = new CsvCharges(file, facts);
        rejected?.WriteHeader(file.OwnHeader);
        var batch = new List<ChargeRequest>(BatchRows);
        var rows = rejected is null ? null : new List<byte[]>(BatchRows);
        try
        {
            while (charges.Read() is { } charge)
            {
                batch.Add(charge);
                rows?.Add(file.RawRow.ToArray());
                if (batch.Count == BatchRows) await SendAsync().ConfigureAwait(false);
            }
            await SendAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException)
        {
            summary.StoppedBy = e;
        }
        return summary;

        async Task SendAsync()
        {
            cancellation.ThrowIfCancellationRequested();
            if (batch.Count == 0) return;
            var verdicts = await ledger.Billing
                .ChargeBatchAsync(batch.ToArray(), CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < verdicts.Length; i++)
            {
                summary.Count(verdicts[i]);
                if (!verdicts[i].IsSuccessful) rejected?.Write(rows![i], verdicts[i]);
            }
            batch.Clear();
            rows?.Clear();
            progress?.Report(source.At(file.Offset, "settling"));
        }
    }

    /// <summary>Makes the customers of a file; those that are there like this stay.</summary>
    /// <exception cref="CsvFaultsException">The file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> CustomersAsync(ImportFile source,
        CancellationToken cancellation)
    {
        var facts = await CheckAsync(CsvFileKind.Customers, source, cancellation)
            .ConfigureAwait(false);
        using var file = source.OpenCsv();
        var customers = new CsvCustomers(file, facts);
        return await SendAsync(source, file, () => customers.Read() is not { } customer ? null
            : IsAlready(customer, facts.Find(customer.Customer))
                ? Task.FromResult(new Verdict(RefusalCode.None, 0, Replayed: true))
                : PutAsync(customer), cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes the subscriptions of a file.</summary>
    /// <exception cref="CsvFaultsException">The file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> SubscriptionsAsync(ImportFile source,
        CancellationToken cancellation)
    {
        var facts = await CheckAsync(CsvFileKind.Subscriptions, source, cancellation)
            .ConfigureAwait(false);
        using var file = source.OpenCsv();
        var subscriptions = new CsvSubscriptions(file, facts);
        return await SendAsync(source, file,
            () => subscriptions.Read() is { } each ? SubscribeAsync(each) : null, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Makes the quotes of a file, each of its rows.</summary>
    /// <exception cref="CsvFaultsException">The file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> QuotesAsync(ImportFile source,
        CancellationToken cancellation)
    {
        var facts = await CheckAsync(CsvFileKind.Quotes, source, cancellation)
            .ConfigureAwait(false);
        using var file = source.OpenCsv();
        var quotes = new CsvQuotes(file, facts);
        // Their numbers are in the order of the file.
        return await SendAsync(source, file,
            () => quotes.Read() is { } each ? QuoteAsync(each) : null, cancellation, inFlight: 1)
            .ConfigureAwait(false);
    }

    /// <summary>Brings in the open invoices of a file.</summary>
    /// <exception cref="CsvFaultsException">The file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> OpeningsAsync(ImportFile source,
        CancellationToken cancellation)
    {
        var facts = await CheckAsync(CsvFileKind.Openings, source, cancellation)
            .ConfigureAwait(false);
        using var file = source.OpenCsv();
        var openings = new CsvOpenings(file, facts);
        return await SendAsync(source, file,
            () => openings.Read() is { } each ? BringAsync(each) : null, cancellation)
            .ConfigureAwait(false);
    }

    /// <param name="source">The file, for progress.</param>
    /// <param name="file">The same, which is read.</param>
    /// <param name="next">Reads and sends the next row; null at the end.</param>
    /// <param name="cancellation">Stops after what is under way.</param>
    /// <param name="inFlight">How many are under way together, at most.</param>
    private async Task<ImportSummary> SendAsync(ImportFile source, CsvFile file,
        Func<Task<Verdict>?> next, CancellationToken cancellation, int inFlight = InFlight)
    {
        var summary = new ImportSummary();
        var pending = new List<Task<Verdict>>(inFlight);
        try
        {
            while (next() is { } sent)
            {
                pending.Add(sent);
                if (pending.Count < inFlight) continue;
                await TakeAsync().ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
            }
            await TakeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException)
        {
            summary.StoppedBy = e;
        }
        return summary;

        async Task TakeAsync()
        {
            foreach (var verdict in await Task.WhenAll(pending).ConfigureAwait(false))
                summary.Count(verdict);
            pending.Clear();
            progress?.Report(source.At(file.Offset, "settling"));
        }
    }

    private Task<Verdict> SubscribeAsync(SubscriptionRequest request) => VerdictAsync(async () =>
    {
        var made = await ledger.Billing.SubscribeAsync(request, CancellationToken.None)
            .ConfigureAwait(false);
        return new Verdict(RefusalCode.None, made.Block, made.Replayed);
    });

    private Task<Verdict> QuoteAsync(QuoteRequest request) => VerdictAsync(async () =>
    {
        var made = await ledger.Billing.QuoteAsync(request, CancellationToken.None)
            .ConfigureAwait(false);
        return new Verdict(RefusalCode.None, made.Block, made.Replayed);
    });

    private Task<Verdict> BringAsync(OpeningInvoiceRequest request) => VerdictAsync(async () =>
    {
        var made = await ledger.Billing.BringInvoiceAsync(request, CancellationToken.None)
            .ConfigureAwait(false);
        return new Verdict(RefusalCode.None, made.Block, made.Replayed);
    });

    private Task<Verdict> PutAsync(CustomerRequest request) => VerdictAsync(async () =>
    {
        var customer = await ledger.Billing.PutCustomerAsync(request, CancellationToken.None)
            .ConfigureAwait(false);
        return new Verdict(RefusalCode.None, customer.Block, customer.Replayed);
    });

    private static async Task<Verdict> VerdictAsync(Func<Task<Verdict>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (RejectedException e)
        {
            return e.Verdict;
        }
    }

    /// <summary>Whether a row without an id of its own would change nothing.</summary>
    private static bool IsAlready(CustomerRequest row, Customer? known) =>
        known is not null && row.Id is null && known.Party is { } party
        && row.Party == PartyCheck.Normalize(party)
        && row.TermsDays == known.TermsDays
        && DiscountViews.Text(row.CashDiscounts) == DiscountViews.Text(known.CashDiscounts)
        && (row.Zone ?? known.Zone) == known.Zone
        && (row.Treatment ?? known.Treatment) == known.Treatment
        && (row.Asset ?? known.Asset) == known.Asset;
}
