using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <content>Invoices, credit notes and payments.</content>
internal sealed partial class LocalBilling
{
    private const string Invoices = "invoices";
    private const string Runs = "invoice runs";
    private const string Overdue = "overdue";
    private const int InvoicesPerPage = 32 * 1024;

    public async Task<InvoiceRun> InvoiceAsync(InvoiceRunRequest request,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        Texts.CheckName("id", Stores.DocumentIds.Encode(id), Limits.RunIdBytesMax);
        await _reader.RefreshAsync().ConfigureAwait(false);
        var date = await DateAsync(request.Date, null, cancellationToken).ConfigureAwait(false);
        var hash = await ReadAsync(() => Book.DurableSeller?.Profile, cancellationToken)
            .ConfigureAwait(false);
        var seller = hash is not { } known ? null
            : await _profiles.GetAsync(known, cancellationToken).ConfigureAwait(false);
        var plan = new RunPlan(id, request, date, request.Id is not null,
            new RunRates(request.Rates, seller, _reader.DefaultAsset, date));
        plan.Check();
        var rules = new RunRules(_reader, _profiles, plan);
        var run = new InvoiceRunner(
            _reader, _submitter, _runs, rules, plan, _documents, progress);
        var made = await run.RunAsync(cancellationToken).ConfigureAwait(false);
        if (request.DryRun) return made;
        return await Submitter.DecidedAsync(id, async () =>
        {
            await _documents.HealAsync(cancellationToken).ConfigureAwait(false);
            return made;
        }).ConfigureAwait(false);
    }

    public Task<Page<InvoiceRunSummary>> ListInvoiceRunsAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var before = query.After is null ? int.MaxValue
            : (int)ulong.Min(_reader.Decode(query.After, Runs).Location, int.MaxValue);
        return ReadAsync(() =>
        {
            var last = int.Min(before, Book.Runs.DurableCount) - 1;
            var first = int.Max(0, last + 1 - query.Limit);
            var items = new List<InvoiceRunSummary>();
            for (var run = last; run >= first; run--)
                items.Add(InvoiceViews.Run(Book.RunName(run), Book.Runs.Durable(run)));
            return new Page<InvoiceRunSummary>(
                items, first == 0 ? null
                    : _reader.Encode(new PageCursor { List = Runs, Location = (ulong)first }));
        }, cancellationToken);
    }

    public Task<Overview> GetOverviewAsync(
        string? asset = null, CancellationToken cancellationToken = default) =>
        _overview.MakeAsync(asset, cancellationToken);

    public async Task<Invoice?> GetInvoiceAsync(
        string number, CancellationToken cancellationToken = default) =>
        await _invoices.FindAsync(number, cancellationToken).ConfigureAwait(false);

    public async Task<Page<InvoiceSummary>> ListInvoicesAsync(
        InvoiceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        if (query.From > query.To)
            throw new InvalidRequestException("from", "must not be after to");
        var status = query.Status is { } wanted ? Words<InvoiceStatus>.Of(wanted) : null;
        var cursor = query.After is not null ? _reader.Decode(query.After, Invoices)
            : new PageCursor
            {
                List = Invoices, Account = query.Customer, Status = status,
                OnFrom = query.From, OnTo = query.To, Words = query.Overdue ? Overdue : null,
                NewestFirst = query.NewestFirst,
                Location = query.NewestFirst ? ulong.MaxValue : 0,
            };
        PageCursor.CheckSame("customer", query.Customer, cursor.Account);
        PageCursor.CheckSame("status", status, cursor.Status);
        PageCursor.CheckSame("overdue", query.Overdue ? Overdue : null, cursor.Words);
        PageCursor.CheckSame("from", query.From, cursor.OnFrom);
        PageCursor.CheckSame("to", query.To, cursor.OnTo);
        PageCursor.CheckSame(
            "newest_first", query.NewestFirst ? true : null, (bool?)cursor.NewestFirst);
        query = query with
        {
            Customer = cursor.Account,
            Overdue = cursor.Words == Overdue,
            From = cursor.OnFrom,
            To = cursor.OnTo,
            Status = cursor.Status is { } word
                ? Words<InvoiceStatus>.Parse("after", word) : null,
        };
        return await ListAsync(query, cursor, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Invoice> CreditAsync(
        CreditRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        var now = _clock.GetUtcNow();
        var (asset, day) = await ReadAssetAsync(() => (AccountOf(request.Invoice).Asset,
            DayOfCredit(request, now)), found => found.Asset is not null, cancellationToken)
            .ConfigureAwait(false);
        long? minor = request.Amount is not { } part ? null
            : _reader.Assets.Read("amount", part, asset).Minor;
        // What is malformed is said before anything else is asked.
        var fill = BillingRequests.Filler(request, minor, day);
        BillingRequests.Add(new RequestBatch(), EntryKind.CreditNote, id, fill);
        var invoice = await new CreditRules(_reader, _invoices).CheckAsync(
            request, fill, cancellationToken).ConfigureAwait(false);
        string? warning = null;
        return await SettleAsync(id, fill, EntryKind.CreditNote, async job =>
        {
            invoice ??= await GetInvoiceAsync(request.Invoice, cancellationToken)
                .ConfigureAwait(false);
            return InvoiceViews.CreditNote(job.Entry(), invoice!, job.Verdicts[0].Replayed) with
            {
                Warning = warning,
            };
        }, cancellationToken, committed: job => warning = NumberOrder.Warning(
            Book, Book.FindInvoice(InvoiceViews.Number(job.Entry())))).ConfigureAwait(false);
    }

    public async Task<Payment> PayAsync(
        PaymentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        var now = _clock.GetUtcNow();
        var (asset, day) = await ReadAssetAsync(() => FactsOf(request, now),
            found => found.Asset is not null, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(id, (batch, ref asked, ref terms) =>
        {
            asked.Reference = batch.Append("invoice", request.Invoice);
            var named = request.Asset;
            asked.Amount = BillingRequests.Read(
                _reader.Assets, "amount", request.Amount, asset, ref named);
            asked.Asset = batch.Append("asset", named);
            asked.Memo = batch.Append("reference", request.Reference);
            terms.Customer = batch.Append("customer", request.Customer);
            asked.From = batch.Append("from", request.From);
            terms.IsWriteOff = request.WriteOff;
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = request.Date is null;
        }, EntryKind.Payment, job => new ValueTask<Payment>(InvoiceViews.Payment(
            job.Entry(), _reader.Assets, job.Verdicts[0].Replayed)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<OpeningInvoice> BringInvoiceAsync(
        OpeningInvoiceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (asset, today) = await ReadAssetAsync(() => (AssetOf(request.Customer),
            Zones.DayOf(_clock.GetUtcNow(), ZoneOf(request.Customer))),
            found => found.Item1 is not null, cancellationToken).ConfigureAwait(false);
        Near(request.Date, today);
        return await SettleAsync(OpeningInvoiceRequest.IdOf(request),
            BillingRequests.Filler(request, asset, _reader.Assets), EntryKind.Opening,
            job => new ValueTask<OpeningInvoice>(InvoiceViews.Brought(
                job.Entry(), _reader.Assets, job.Verdicts[0].Replayed)), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<Page<Payment>> ListPaymentsAsync(
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _payments.ListAsync(query, cancellationToken);
    }

    public Task<Payment?> GetPaymentAsync(
        string id, CancellationToken cancellationToken = default) =>
        _payments.FindAsync(id, cancellationToken);

    // Another process may have made it just now.
    private async Task<Payment?> FindPaymentAsync(
        string id, CancellationToken cancellationToken)
    {
        if (await GetPaymentAsync(id, cancellationToken).ConfigureAwait(false) is { } payment)
            return payment;
        await _reader.RefreshAsync().ConfigureAwait(false);
        return await GetPaymentAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public Task<Page<Refund>> ListRefundsAsync(
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _refunds.ListAsync(query, cancellationToken);
    }

    public Task<Refund?> GetRefundAsync(
        string id, CancellationToken cancellationToken = default) =>
        _refunds.FindAsync(id, cancellationToken);

    public Task<Page<Chargeback>> ListChargebacksAsync(
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _chargebacks.ListAsync(query, cancellationToken);
    }

    public Task<Chargeback?> GetChargebackAsync(
        string id, CancellationToken cancellationToken = default) =>
        _chargebacks.FindAsync(id, cancellationToken);

    public async Task<Refund> RefundAsync(
        RefundRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var day = await DateAsync(request.Date, request.Customer, cancellationToken)
            .ConfigureAwait(false);
        var payment = request.Payment is not { } paid ? null
            : await FindPaymentAsync(paid, cancellationToken).ConfigureAwait(false);
        var asset = payment?.Asset
            ?? await ReadAssetAsync(request.Customer, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(request.Id ?? _submitter.NewId(), (batch, ref asked, ref terms) =>
        {
            var named = request.Asset;
            asked.Amount = BillingRequests.Read(
                _reader.Assets, "amount", request.Amount, asset, ref named);
            asked.Asset = batch.Append("asset", named);
            asked.Reference = batch.Append("payment", request.Payment);
            asked.Memo = batch.Append("reference", request.Reference);
            asked.To = batch.Append("to", request.To);
            terms.Customer = batch.Append("customer", request.Customer);
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = request.Date is null;
        }, EntryKind.Refund, job => new ValueTask<Refund>(MoneyBackViews.Refund(
            job.Entry(), _reader.Assets, job.Verdicts[0].Replayed, job.Verdicts[0].NewAccounts)),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<Chargeback> ChargebackAsync(
        ChargebackRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payment = await FindPaymentAsync(
            Texts.Given("payment", request.Payment), cancellationToken).ConfigureAwait(false);
        var day = await DateAsync(request.Date, payment?.Customer, cancellationToken)
            .ConfigureAwait(false);
        return await SettleAsync(request.Id ?? _submitter.NewId(), (batch, ref asked, ref terms) =>
        {
            asked.Reference = batch.Append("payment", request.Payment);
            asked.IsWhole = request.Amount is null;
            asked.Amount = Minor("amount", request.Amount);
            asked.Memo = batch.Append("reference", request.Reference);
            terms.Fee = Minor("fee", request.Fee, allowZero: true);
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = request.Date is null;
        }, EntryKind.Chargeback, job => new ValueTask<Chargeback>(MoneyBackViews.Chargeback(
            job.Entry(), _reader.Assets, job.Verdicts[0].Replayed)), cancellationToken)
            .ConfigureAwait(false);

        long Minor(string field, Money? amount, bool allowZero = false) => amount is not { } money
            ? 0 : _reader.Assets.Read(field, money, payment?.Asset, allowZero).Minor;
    }

    public async Task<Statement?> GetStatementAsync(string customer, string? asset = null,
        DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default)
    {
        if (await GetCustomerAsync(customer,
            cancellationToken).ConfigureAwait(false) is not { } known)
            return null;
        var last = to ?? await TodayAsync(customer, cancellationToken).ConfigureAwait(false);
        if (from > last) throw new InvalidRequestException("from", "must not be after to");
        var statement = new StatementMaker(_reader, customer, known.Zone);
        return await statement.MakeAsync(asset ?? known.Asset, from, last, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<Page<InvoiceSummary>> ListAsync(
        InvoiceQuery query, PageCursor cursor, CancellationToken cancellationToken)
    {
        var items = new List<InvoiceSummary>();
        var (customer, count) = await ReadAsync(() => (
            query.Customer is null ? -1 : FindCustomer(query.Customer),
            Book.Invoices.DurableCount), cancellationToken).ConfigureAwait(false);
        if (query.Customer is not null && customer < 0) return new Page<InvoiceSummary>([], null);
        var today = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        var at = (int)ulong.Min(cursor.Location, (ulong)count);
        var (isBackward, begin) = (cursor.NewestFirst, at);
        // Where few fit the filter, a page ends before it is full.
        var length = int.Min(isBackward ? begin : count - begin, InvoicesPerPage);
        await _reader.ReadSlicesAsync(0, length, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                at = isBackward ? begin - i : begin + i;
                _reader.Work.Add();
                var row = Book.Invoices.Durable(isBackward ? at - 1 : at);
                if (customer >= 0 && Book.Accounts[row.Account].Customer != customer) continue;
                if (query.Status is not null && row.Status != query.Status) continue;
                if (query.Overdue && (row.Open <= 0 || row.Due >= today.DayNumber)) continue;
                if (!MovementDates.IsWithin(row.Date, query.From, query.To)) continue;
                if (items.Count == query.Limit) return false;
                items.Add(InvoiceViews.Summary(_reader.State.Book, row));
            }
            at = isBackward ? begin - to : begin + to;
            return true;
        }, cancellationToken).ConfigureAwait(false);
        return new Page<InvoiceSummary>(items, at == (isBackward ? 0 : count) ? null
            : _reader.Encode(cursor with { Location = (ulong)at }));
    }

    /// <summary>The asset of a payment that names none, and its day.</summary>
    private (string? Asset, DateOnly Day) FactsOf(PaymentRequest request, DateTimeOffset now)
    {
        var (customer, asset) = AccountOf(request.Invoice);
        var today = Zones.DayOf(now, ZoneOf(request.Customer ?? customer));
        return (asset ?? AssetOf(request.Customer),
            request.Date is { } date ? Near(date, today) : today);
    }

    // An invoice may be dated after today, and no credit note is before its invoice.
    private DateOnly DayOfCredit(CreditRequest request, DateTimeOffset now)
    {
        var today = Zones.DayOf(now, ZoneOf(null));
        if (request.Date is { } date) return Near(date, today);
        var number = Book.FindInvoice(Encoding.UTF8.GetBytes(request.Invoice ?? ""));
        return number < 0 || number >= Book.Invoices.DurableCount ? today
            : DateOnly.FromDayNumber(int.Max(today.DayNumber, Book.Invoices[number].Date));
    }

    /// <summary>Whose an invoice is, and in which asset; nulls where there is none.</summary>
    private (string? Customer, string? Asset) AccountOf(string? invoice)
    {
        if (invoice is null) return (null, null);
        var number = Book.FindInvoice(Encoding.UTF8.GetBytes(invoice));
        if (number < 0 || number >= Book.Invoices.DurableCount) return (null, null);
        ref readonly var account = ref Book.Accounts[Book.Invoices[number].Account];
        return (Book.CustomerName(account.Customer), AssetCode(account.Asset));
    }
}
