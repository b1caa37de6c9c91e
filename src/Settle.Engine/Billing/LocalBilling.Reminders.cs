using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <content>Reminders.</content>
internal sealed partial class LocalBilling
{
    private const string Reminders = "reminders";

    public async Task<ReminderRun> RemindAsync(ReminderRunRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        Texts.CheckName("id", Stores.DocumentIds.Encode(id), Limits.RunIdBytesMax);
        await _reader.RefreshAsync().ConfigureAwait(false);
        var date = await DateAsync(request.Date, null, cancellationToken).ConfigureAwait(false);
        var run = new ReminderRunner(
            _reader, _submitter, _profiles, _runs, request, id, date);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<ReminderHold> HoldRemindersAsync(ReminderHoldRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        var customer = await ReadAsync(
            () => AccountOf(request.Invoice).Customer, cancellationToken).ConfigureAwait(false);
        var day = await DateAsync(request.Date, customer, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(id, (batch, ref asked, ref terms) =>
        {
            asked.Reference = batch.Append("invoice", request.Invoice);
            PrintableText.Check("reason", request.Reason);
            asked.Memo = batch.Append("reason", request.Reason);
            terms.IsReleased = request.Released;
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = request.Date is null;
        }, EntryKind.ReminderHold, job => new ValueTask<ReminderHold>(
            ReminderViews.Hold(job.Entry(), job.Verdicts[0].Replayed)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<Page<Reminder>> ListRemindersAsync(
        ReminderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Reminders, Name = query.Customer, Location = int.MaxValue,
            }
            : _reader.Decode(query.After, Reminders);
        PageCursor.CheckSame("customer", query.Customer, cursor.Name);
        var page = await NewestAsync<EntryLocation?>(cursor, query.Limit,
            () => Book.Reminders.DurableCount, row => Book.Reminders.Durable(row).Account,
            row => Book.Reminders.Durable(row).Location, cancellationToken).ConfigureAwait(false);
        var items = new List<Reminder>();
        foreach (var place in page.Items)
            items.Add(await ReminderAsync(place!.Value, cancellationToken).ConfigureAwait(false));
        return new Page<Reminder>(items, page.Next);
    }

    /// <summary>
    /// A page of a table's rows, the newest first, and only the customer's whom the cursor names.
    /// Where few are wanted, it ends before it is full.
    /// </summary>
    /// <param name="cursor">Where it goes on.</param>
    /// <param name="limit">How many, at most.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="accountOf">Whose a row is.</param>
    /// <param name="itemOf">What is shown of a row; null for one that is not wanted.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<Page<T>> NewestAsync<T>(PageCursor cursor, int limit, Func<int> count,
        Func<int, int> accountOf, Func<int, T?> itemOf, CancellationToken cancellation)
    {
        var (customer, rows) = await ReadAsync(() => (
            cursor.Name is null ? -1 : FindCustomer(cursor.Name), count()), cancellation)
            .ConfigureAwait(false);
        if (cursor.Name is not null && customer < 0) return new Page<T>([], null);
        var items = new List<T>();
        var begin = (int)ulong.Min(cursor.Location, (ulong)rows);
        var at = begin;
        await _reader.ReadSlicesAsync(0, int.Min(begin, InvoicesPerPage), LedgerReader.SliceRows,
            (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                at = begin - i;
                _reader.Work.Add();
                if (customer >= 0 && Book.Accounts[accountOf(at - 1)].Customer != customer)
                    continue;
                if (itemOf(at - 1) is not { } item) continue;
                if (items.Count == limit) return false;
                items.Add(item);
            }
            at = begin - to;
            return true;
        }, cancellation).ConfigureAwait(false);
        return new Page<T>(
            items, at == 0 ? null : _reader.Encode(cursor with { Location = (ulong)at }));
    }

    public async Task<Reminder?> GetReminderAsync(
        string number, CancellationToken cancellationToken = default)
    {
        var utf8 = Encoding.UTF8.GetBytes(Texts.Given("number", number));
        var location = await ReadAsync(() => Book.FindReminder(utf8) is var at and >= 0
            && at < Book.Reminders.DurableCount ? Book.Reminders.Durable(at).Location : default,
            cancellationToken).ConfigureAwait(false);
        if (location.IsNone) return null;
        var entry = await _reader.ReadEntryAsync(location, cancellationToken).ConfigureAwait(false);
        var (seller, buyer) = await _documents.GetPartiesAsync(entry, number, cancellationToken)
            .ConfigureAwait(false);
        return await ReminderAsync(location, cancellationToken).ConfigureAwait(false) with
        {
            Seller = seller,
            Buyer = buyer,
        };
    }

    private async Task<Reminder> ReminderAsync(
        EntryLocation location, CancellationToken cancellation)
    {
        var entry = await _reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        var items = await ReadAsync(() => BillingJson.ReadReminded(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Reminded))
            .ConvertAll(invoice => ReminderViews.Item(_reader.State.Book, invoice)), cancellation)
            .ConfigureAwait(false);
        return ReminderViews.Reminder(entry, items, _reader.Assets);
    }
}
