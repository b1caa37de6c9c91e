using System.Text;
using Settle.Local;
using Settle.Settling;

namespace Settle.Billing;

/// <summary>
/// Billing on a ledger of this process. What it asks for, the settling loop decides; what it reads
/// is of the durable state.
/// </summary>
internal sealed partial class LocalBilling : IBilling, IAsyncDisposable
{
    private readonly LocalLedger _ledger;
    private readonly LedgerOptions _options;
    private readonly IPapers _papers;
    private readonly Profiles _profiles;
    private readonly InvoiceDocuments _documents;
    private readonly InvoiceFinder _invoices;
    private readonly InvoiceOfCharge _invoiceOf;

    public LocalBilling(LocalLedger ledger, IPapers papers, LedgerOptions options, Work work)
    {
        (_ledger, _papers, _options) = (ledger, papers, options);
        _profiles = new Profiles(papers, work);
        _documents = new InvoiceDocuments(ledger, papers, _profiles, work);
        _invoices = new InvoiceFinder(ledger, _documents);
        _invoiceOf = new InvoiceOfCharge(ledger);
    }

    public IPapers Papers => _papers;

    private BillingBook Book => _ledger.State.Book.Billing;

    /// <summary>
    /// Makes up for a process that ended between an invoice's block and its document.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (_options.IsReadOnly) return;
        try
        {
            await _documents.HealAsync(cancellation).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            _options.Warn?.Invoke($"documents of invoices are missing: {e.Message}");
        }
    }

    public ValueTask DisposeAsync() => _papers.DisposeAsync();

    /// <summary>
    /// Settles one request that somebody filled, and answers with what it was decided as; a
    /// refusal is an exception.
    /// </summary>
    private Task<T> SettleAsync<T>(string id, BillingFiller fill, EntryKind kind,
        Func<Job, ValueTask<T>> answer, CancellationToken cancellation) =>
        _ledger.Submitter.SettleAsync(
            batch => BillingRequests.Add(batch, kind, id, fill), answer, cancellation);

    private Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation) =>
        _ledger.ReadAsync(read, cancellation);

    /// <summary>A customer's number; -1 when it is not durable.</summary>
    private int FindCustomer(string customer)
    {
        var number = Book.FindCustomer(Encoding.UTF8.GetBytes(customer));
        return number < Book.Customers.DurableCount ? number : -1;
    }

    /// <summary>Today in a customer's zone; in the seller's, or UTC, where there is none.</summary>
    private Task<DateOnly> TodayAsync(string? customer, CancellationToken cancellation) =>
        ReadAsync(() => Zones.DayOf(_options.Clock.GetUtcNow(), ZoneOf(customer)), cancellation);

    private string ZoneOf(string? customer)
    {
        var number = customer is null ? -1 : FindCustomer(customer);
        return number >= 0 ? Book.Zone(Book.Customers.Durable(number).Zone)
            : Book.DurableSeller?.Zone ?? "UTC";
    }

    private string AssetCode(int asset) => _ledger.State.Book.Assets[asset].Code;

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > 1000) throw new InvalidRequestException("limit", "must be 1 to 1000");
    }
}
