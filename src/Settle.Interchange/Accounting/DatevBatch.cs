using Settle.Billing;
using Settle.Journals;
using Settle.State;
using Settle.Views;

namespace Settle.Accounting;

/// <summary>Makes a posting batch for DATEV of what the chain says.</summary>
internal sealed class DatevBatch : IJournal, IDisposable
{
    private readonly ILedger _ledger;
    private readonly DatevSettings _settings;
    private readonly (DateOnly From, DateOnly To) _period;
    private readonly DatevWriter _writer;
    private readonly DatevDebtors _debtors;
    private readonly UnlimitedAccounts _unlimited = new();
    private readonly DatevAccounts _accounts;
    private readonly DatevPostings _postings;
    private readonly HashSet<string> _rates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _payers = new(StringComparer.Ordinal) { "@world" };
    private readonly List<LeftOut> _leftOut = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private LedgerAssets _assets = LedgerAssets.None;
    private long _count;

    /// <exception cref="InvalidRequestException">
    /// A setting is wrong, or the period is in two fiscal years.
    /// </exception>
    public DatevBatch(ILedger ledger, Stream output, (DateOnly From, DateOnly To) period,
        DatevSettings settings, DateTime created)
    {
        Check("consultant", settings.Consultant, 1001, 9_999_999);
        Check("client", settings.Client, 1, 99_999);
        Check("account_length", settings.AccountLength, 4, 8);
        foreach (var (asset, rate) in settings.Rates)
        {
            if (asset == "EUR" || !Iso4217.TryGetScale(asset, out _))
                throw Parse.Fault($"rates.{asset}", asset, "is not a foreign currency of ISO 4217");
            if (rate <= 0)
                throw Parse.Fault($"rates.{asset}", rate.ToString(CultureInfo.InvariantCulture),
                    "must be more than 0: how much of it one euro is");
        }
        (_ledger, _settings, _period) = (ledger, settings, period);
        _debtors = new DatevDebtors(settings);
        _accounts = new DatevAccounts(settings);
        _postings = new DatevPostings(_accounts, _debtors, _unlimited);
        _writer = new DatevWriter(output, settings, period, created);
    }

    /// <summary>What became of it, once all is written.</summary>
    public DatevResult Result => new(_count, _leftOut);

    public void Begin(LedgerInfo info) => _assets = new LedgerAssets(info.Assets);

    public async ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        if (!entry.IsSuccessful) return;
        _unlimited.Note(entry);
        if (entry.Kind == EntryKind.Customer) _debtors.Note(entry.Customer!);
        _rates.UnionWith(entry.TaxRates);
        NoteAccounts(entry);
        var day = DateOnly.FromDayNumber(entry.Day);
        if (day < _period.From || day > _period.To) return;
        switch (entry.Kind)
        {
            case EntryKind.Invoice or EntryKind.CreditNote:
                var invoice = await _ledger.Billing.GetInvoiceAsync(entry.Number!, cancellation)
                    .ConfigureAwait(false)
                    ?? throw new NotFoundException($"there is no invoice '{entry.Number}'");
                Write(invoice.Number, invoice.Amount,
                    await RowsAsync(entry, invoice, cancellation).ConfigureAwait(false),
                    DatevPostings.RateOf(invoice));
                break;
            case EntryKind.Payment:
                var payment = InvoiceViews.Payment(entry.Recalled, _assets, replayed: false);
                if (payment.WriteOff ? _settings.WriteOffs : _settings.Payments)
                    Write(payment.Id, payment.Amount, _postings.Of(payment,
                        await NameAsync(payment.Customer, cancellation).ConfigureAwait(false)));
                await WriteReceivedAsync(entry, payment.Id, cancellation).ConfigureAwait(false);
                break;
            case EntryKind.Reminder:
                var reminder = ReminderViews.Reminder(entry.Recalled, [], _assets);
                if (reminder.Fee is { } fee)
                    Write(reminder.Number, fee, _postings.Of(reminder,
                        await NameAsync(reminder.Customer, cancellation).ConfigureAwait(false)));
                break;
            case EntryKind.Refund or EntryKind.Chargeback when !_settings.Refunds:
                await WriteReceivedAsync(entry, entry.Id, cancellation).ConfigureAwait(false);
                break;
            case EntryKind.Refund:
                var refund = MoneyBackViews.Refund(entry.Recalled, _assets, replayed: false);
                await WriteReceivedAsync(entry, refund.Id, cancellation).ConfigureAwait(false);
                Write(refund.Id, refund.Amount, _postings.Of(refund,
                    await NameAsync(refund.Customer, cancellation).ConfigureAwait(false)));
                break;
            case EntryKind.Chargeback:
                var back = MoneyBackViews.Chargeback(entry.Recalled, _assets, replayed: false);
                await WriteReceivedAsync(entry, back.Id, cancellation).ConfigureAwait(false);
                Write(back.Id, back.Amount, _postings.Of(back,
                    await NameAsync(back.Customer, cancellation).ConfigureAwait(false)));
                break;
            default:
                break;
        }
    }

    // The tax of a deposit is due when it is paid, whoever posts the payment itself.
    private async Task WriteReceivedAsync(
        JournalEntry entry, string id, CancellationToken cancellation)
    {
        var deposits = Deposits(entry);
        if (deposits is null) return;
        var name = await NameAsync(entry.Customer!, cancellation).ConfigureAwait(false);
        Write(id, deposits[0].Amount,
            _postings.Received(deposits, name, DateOnly.FromDayNumber(entry.Day)));
        _count--;
    }

    private async Task<IEnumerable<DatevRow>> RowsAsync(
        JournalEntry entry, Invoice invoice, CancellationToken cancellation)
    {
        var received = _postings.Received(
            invoice.Kind == InvoiceType.Invoice ? null : Deposits(entry), invoice.Buyer.Name,
            invoice.Date);
        if (invoice.Kind == InvoiceType.Deposit)
            return _postings.OfDeposit(invoice).Concat(received);
        if (invoice.Kind == InvoiceType.Invoice)
            return _postings.Of(invoice).Concat(_postings.Settled(invoice));
        var credited = await _ledger.Billing.GetInvoiceAsync(invoice.Corrects!, cancellation)
            .ConfigureAwait(false);
        if (credited!.Kind == InvoiceType.Deposit)
            return _postings.OfDeposit(invoice).Concat(received);
        var zero = invoice.Amount - invoice.Amount;
        var (invoices, rounding) = (zero, invoice.Rounding ?? zero);
        foreach (var posting in entry.Postings)
        {
            var isBack = BillingAccounts.CustomerOf(posting.From) is null;
            var account = Encoding.UTF8.GetBytes(isBack ? posting.From : posting.To);
            var amount = isBack ? -posting.Amount : posting.Amount;
            if (BillingAccounts.CustomerOf(isBack ? posting.To : posting.From) is null) continue;
            if (BillingAccounts.IsOfDeposits(account)) invoices += amount;
            else if (account.AsSpan().SequenceEqual(BillingAccounts.Rounding)) rounding += amount;
        }
        return _postings.Of(invoice)
            .Concat(_postings.Reopened(invoice, invoices, rounding)).Concat(received);
    }

    private IReadOnlyList<CashDiscountPart>? Deposits(JournalEntry entry)
    {
        var found = entry.Recalled;
        return DiscountViews.Deposits(found.Batch, found.Entry, _assets);
    }

    /// <exception cref="InvalidRequestException">A setting is about what the ledger does not
    /// have.</exception>
    public void End()
    {
        _debtors.CheckCustomers();
        _accounts.CheckRates(_rates);
        if (_settings.MoneyAccounts.Keys.FirstOrDefault(name => !_payers.Contains(name))
            is not { } stranger)
            return;
        throw Parse.Fault($"money_accounts.{stranger}", stranger,
            $"is not an account of the ledger{NearestName.Suggest(stranger, _payers)}");
    }

    public void Dispose() => _writer.Dispose();

    private void NoteAccounts(JournalEntry entry)
    {
        if (_settings.MoneyAccounts.Count == 0) return;
        if (entry.Account is { } opened) _payers.Add(opened);
        if (!entry.IsMovement) return;
        foreach (var posting in entry.Postings)
        {
            _payers.Add(posting.From);
            _payers.Add(posting.To);
        }
    }

    private void Write(
        string number, Money amount, IEnumerable<DatevRow> rows, decimal? rate = null)
    {
        if (rate is null && _writer.Obstacle(amount) is { } why)
        {
            _leftOut.Add(new LeftOut(number, why));
            return;
        }
        var all = rows.ToList();
        if (all.Select(row => _writer.Obstacle(row)).FirstOrDefault(each => each is not null)
            is { } tooLarge)
        {
            _leftOut.Add(new LeftOut(number, tooLarge));
            return;
        }
        all.ForEach(_writer.Write);
        _count++;
    }

    // An erased customer has none.
    private async Task<string> NameAsync(string customer, CancellationToken cancellation)
    {
        if (_names.TryGetValue(customer, out var name)) return name;
        var known = await _ledger.Billing.GetCustomerAsync(customer, cancellation)
            .ConfigureAwait(false);
        name = known?.Party?.Name ?? customer;
        _names.Add(customer, name);
        return name;
    }

    private static void Check(string field, int value, int min, int max)
    {
        if (value < min || value > max)
            throw Parse.Fault(field, value.ToString(CultureInfo.InvariantCulture),
                $"is out of range; use {min} to {max}");
    }
}
