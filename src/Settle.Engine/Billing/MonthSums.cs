using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// What was billed and received in each month, by asset. Whoever asks first sums all that there is
/// in slices; then only new invoices and payments are looked at.
/// </summary>
internal sealed class MonthSums(LedgerReader reader)
{
    private const int PaymentsMax = 20_000;
    private const int RowsAtOnce = 1000;

    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private readonly Dictionary<(int Asset, int Month), Int128> _billed = [];
    private readonly Dictionary<(int Asset, int Month), Int128> _received = [];
    private Book? _book;
    private int _invoices;
    private ulong _paidUpTo;

    // The oldest day of a payment that was looked at, where there are older ones.
    private int _receivedSince;

    public async Task<List<(Int128 Billed, Int128? Received)>> ReadAsync(
        int asset, DateOnly first, int months, CancellationToken cancellation)
    {
        // One after the other: each goes on where the one before has ended.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock) (before, _last) = (_last, turn.Task);
        await before.ConfigureAwait(false);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            await CatchUpAsync(cancellation).ConfigureAwait(false);
            return [.. Enumerable.Range(0, months).Select(first.AddMonths).Select(month => (
                _billed.GetValueOrDefault((asset, MonthOf(month))),
                month.DayNumber < _receivedSince ? (Int128?)null
                    : _received.GetValueOrDefault((asset, MonthOf(month)))))];
        }
        finally
        {
            turn.SetResult();
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        var (book, count) = await reader.ReadAsync(
            () => (reader.State.Book, reader.State.Book.Billing.Invoices.DurableCount),
            cancellation).ConfigureAwait(false);
        // A state that was made again may be that of another chain.
        if (book != _book)
        {
            _billed.Clear();
            _received.Clear();
            (_book, _invoices, _paidUpTo, _receivedSince) = (book, 0, 0, 0);
        }
        await reader.ReadSlicesAsync(_invoices, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++) Add(book.Billing.Invoices.Durable(i), book);
            _invoices = to;
            return true;
        }, cancellation).ConfigureAwait(false);
        await ReceiveAsync(cancellation).ConfigureAwait(false);
    }

    private void Add(in InvoiceRow row, Book book)
    {
        reader.Work.Add();
        if (!row.IsOurs) return;
        var key = (book.Billing.Accounts[row.Account].Asset,
            MonthOf(DateOnly.FromDayNumber(row.Date)));
        _billed[key] = _billed.GetValueOrDefault(key)
            + (row.IsCreditNote ? -row.Amount : row.Amount - row.Deducted);
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        var (before, newest) = (new EntryLocation(ulong.MaxValue), _paidUpTo);
        for (var looked = 0; ;)
        {
            var rows = await reader.ReadAsync(() => Rows(before), cancellation)
                .ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (row.Location.Packed <= _paidUpTo || looked == PaymentsMax)
                {
                    if (row.Location.Packed > _paidUpTo)
                        _receivedSince = int.Max(_receivedSince, (int)row.Low + 1);
                    _paidUpTo = newest;
                    return;
                }
                newest = ulong.Max(newest, row.Location.Packed);
                await ReceiveAsync(row, cancellation).ConfigureAwait(false);
                looked++;
            }
            if (rows.Count < RowsAtOnce) break;
            before = rows[^1].Location;
        }
        _paidUpTo = newest;
    }

    private async Task ReceiveAsync(Movement row, CancellationToken cancellation)
    {
        var found = await reader.ReadEntryAsync(row.Location, cancellation).ConfigureAwait(false);
        if (found.Batch.Billing(found.Entry).IsWriteOff) return;
        var asset = reader.State.Book.Assets.Find(found.Batch.Bytes(found.Entry.Asset));
        var key = (found.Entry.Asset.IsEmpty ? 0 : asset,
            MonthOf(DateOnly.FromDayNumber((int)row.Low)));
        _received[key] = _received.GetValueOrDefault(key) + found.Entry.Amount;
    }

    private List<Movement> Rows(EntryLocation before)
    {
        List<Movement> rows = [.. reader.State.Index.Backward(before, Movement.PaymentsOf(null))
            .TakeWhile(row => row.Location.Packed > _paidUpTo).Take(RowsAtOnce)];
        reader.Work.Add(rows.Count);
        return rows;
    }

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month;
}
