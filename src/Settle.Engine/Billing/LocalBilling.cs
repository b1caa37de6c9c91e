using Settle.Reading;
using Settle.Scheduling;
using Settle.Settling;
using Settle.Stores;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Billing on a ledger of this process. What it asks for, the settling loop decides; what it reads
/// is of the durable state.
/// </summary>
internal sealed partial class LocalBilling : IBilling
{
    private const int YearsAhead = 2;

    private readonly LedgerReader _reader;
    private readonly Submitter _submitter;
    private readonly TimeProvider _clock;
    private readonly Profiles _profiles;
    private readonly InvoiceDocuments _documents;
    private readonly InvoiceFinder _invoices;
    private readonly InvoiceOfCharge _invoiceOf;
    private readonly PaymentList _payments;
    private readonly MoneyList<Refund> _refunds;
    private readonly MoneyList<Chargeback> _chargebacks;
    private readonly SepaOrders _orders;
    private readonly AskedRuns _runs;
    private readonly KnownOrder _customers;
    private readonly KnownOrder _subscriptions;
    private readonly OverviewMaker _overview;

    public LocalBilling(LedgerReader reader, Submitter submitter, ISideDocuments documents,
        TimeProvider clock, Scheduler scheduler)
    {
        (_reader, _submitter, _clock) = (reader, submitter, clock);
        _profiles = new Profiles(documents, scheduler);
        _documents = new InvoiceDocuments(reader, documents, _profiles, scheduler);
        _invoices = new InvoiceFinder(reader, _documents);
        _overview = new OverviewMaker(reader, clock);
        Search = new BillingSearch(reader, _profiles);
        _invoiceOf = new InvoiceOfCharge(reader);
        _payments = new PaymentList(reader);
        _refunds = new MoneyList<Refund>(reader, "refunds", EntryKind.Refund,
            entry => MoneyBackViews.Refund(entry, reader.Assets, replayed: false));
        _chargebacks = new MoneyList<Chargeback>(reader, "chargebacks", EntryKind.Chargeback,
            entry => MoneyBackViews.Chargeback(entry, reader.Assets, replayed: false));
        _runs = new AskedRuns(documents);
        _orders = new SepaOrders(reader, submitter, _profiles, _runs, clock);
        _customers = new KnownOrder(reader, book => book.Billing.Customers.DurableCount,
            book => book.Billing.CustomerNameBytes);
        _subscriptions = new KnownOrder(reader, book => book.Billing.Subscriptions.DurableCount,
            book => book.Billing.SubscriptionNameBytes);
    }

    public BillingSearch Search { get; }

    private BillingBook Book => _reader.State.Book.Billing;

    /// <summary>
    /// Makes up for a process that ended between an invoice's block and its document.
    /// </summary>
    public async Task OpenAsync(Action<string>? warn, CancellationToken cancellationToken)
    {
        try
        {
            await _documents.HealAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            warn?.Invoke($"documents of invoices are missing: {e.Message}");
        }
    }

    /// <summary>
    /// Settles one request that somebody filled, and answers with what it was decided as; a
    /// refusal is an exception.
    /// </summary>
    private Task<T> SettleAsync<T>(string id, BillingFiller fill, EntryKind kind,
        Func<Job, ValueTask<T>> answer, CancellationToken cancellationToken,
        Action<Job>? committed = null) => _submitter.SettleAsync(
            batch => BillingRequests.Add(batch, kind, id, fill), answer, cancellationToken,
            committed: committed);

    private Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) =>
        _reader.ReadAsync(read, cancellationToken);

    /// <summary>
    /// Reads what amounts without an asset are in. What is not known here, another process may have
    /// made just now: in the wrong asset the same digits are a hundred times as much.
    /// </summary>
    private async Task<T> ReadAssetAsync<T>(
        Func<T> read, Func<T, bool> isKnown, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(read, cancellationToken).ConfigureAwait(false);
        if (isKnown(found)) return found;
        await _reader.RefreshAsync().ConfigureAwait(false);
        return await ReadAsync(read, cancellationToken).ConfigureAwait(false);
    }

    private Task<string?> ReadAssetAsync(string? customer, CancellationToken cancellationToken) =>
        ReadAssetAsync(() => AssetOf(customer), asset => customer is null || asset is not null,
            cancellationToken);

    /// <summary>A customer's number; -1 when it is not durable.</summary>
    private int FindCustomer(string customer)
    {
        var number = Book.FindCustomer(
            Encoding.UTF8.GetBytes(Texts.Given("customer", customer)));
        return number < Book.Customers.DurableCount ? number : -1;
    }

    /// <summary>Today in a customer's zone; in the seller's, or UTC, where there is none.</summary>
    private Task<DateOnly> TodayAsync(string? customer, CancellationToken cancellationToken) =>
        ReadAsync(() => Zones.DayOf(_clock.GetUtcNow(), ZoneOf(customer)), cancellationToken);

    /// <summary>A day as it was given; today in a customer's zone where none was.</summary>
    /// <exception cref="InvalidRequestException">It is more than two years ahead.</exception>
    private async Task<DateOnly> DateAsync(
        DateOnly? date, string? customer, CancellationToken cancellationToken)
    {
        var today = await TodayAsync(customer, cancellationToken).ConfigureAwait(false);
        return date is { } given ? Near(given, today) : today;
    }

    // Nobody looks for money decades ahead, where a mistyped year would put it.
    private static DateOnly Near(DateOnly date, DateOnly today) =>
        date <= today.AddYears(YearsAhead) ? date
            : throw Parse.Fault("date", $"{date:yyyy-MM-dd}", string.Create(
                CultureInfo.InvariantCulture,
                $"is more than {YearsAhead} years ahead; check the year"));

    private string ZoneOf(string? customer)
    {
        var number = customer is null ? -1 : FindCustomer(customer);
        return number >= 0 ? Book.Zone(Book.Customers.Durable(number).Zone)
            : Book.DurableSeller?.Zone ?? "UTC";
    }

    /// <summary>The asset of a customer's charges; null where there is no customer.</summary>
    private string? AssetOf(string? customer) =>
        customer is not null && FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Asset is var asset and >= 0 ? AssetCode(asset)
                : _reader.DefaultAsset
            : null;

    private string AssetCode(int asset) => _reader.State.Book.Assets[asset].Code;
}
