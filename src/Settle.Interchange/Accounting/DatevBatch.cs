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
                Write(invoice.Number, invoice.Amount, _postings.Of(invoice),
                    DatevPostings.RateOf(invoice));
                break;
            case EntryKind.Payment:
                var payment = InvoiceViews.Payment(entry.Recalled, _assets, replayed: false);
                if (payment.WriteOff ? _settings.WriteOffs : _settings.Payments)
                    Write(payment.Id, payment.Amount, _postings.Of(payment,
                        await NameAsync(payment.Customer, cancellation).ConfigureAwait(false)));
                break;
            case EntryKind.Reminder:
                var reminder = ReminderViews.Reminder(entry.Recalled, [], _assets);
                if (reminder.Fee is { } fee)
                    Write(reminder.Number, fee, _postings.Of(reminder,
                        await NameAsync(reminder.Customer, cancellation).ConfigureAwait(false)));
                break;
            case EntryKind.Refund when _settings.Refunds:
                var refund = MoneyBackViews.Refund(entry.Recalled, _assets, replayed: false);
                Write(refund.Id, refund.Amount, _postings.Of(refund,
                    await NameAsync(refund.Customer, cancellation).ConfigureAwait(false)));
                break;
            case EntryKind.Chargeback when _settings.Refunds:
                var back = MoneyBackViews.Chargeback(entry.Recalled, _assets, replayed: false);
                Write(back.Id, back.Amount, _postings.Of(back,
                    await NameAsync(back.Customer, cancellation).ConfigureAwait(false)));
                break;
            default:
                break;
        }
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
