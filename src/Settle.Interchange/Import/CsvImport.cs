using Settle.Journals;
using Settle.Settling;
using Settle.State;
using Settle.Views;

namespace Settle.Import;

/// <summary>
/// Imports files of accounts and transfers. A file with a fault is refused as a whole before
/// anything is sent. Whatever stops an import later, importing the same files again finishes it:
/// each id is decided once.
/// </summary>
internal sealed class CsvImport(ILedger ledger, string? asset, IProgress<WorkProgress>? progress)
{
    private const int AccountsInFlight = 256;

    // In this process one batch is read, one is decided and one is written. Requests that race to a
    // server may arrive in another order, and the file's order decides who has money when.
    private readonly int _batchesInFlight = ledger is ISettlesHere ? 3 : 1;

    /// <summary>Further columns to keep as <c>meta</c>.</summary>
    public IReadOnlyList<string> MetaColumns { get; init; } = [];

    /// <summary>Only looks for faults.</summary>
    /// <exception cref="CsvFaultsException">A file has some.</exception>
    public Task CheckAsync(
        ImportFile? accounts, ImportFile? transfers, CancellationToken cancellation) =>
        ReadAsync(accounts, transfers, cancellation);

    /// <param name="accounts">The file of accounts; null for none.</param>
    /// <param name="transfers">The file of transfers; null for none.</param>
    /// <param name="rejected">Takes the refused rows; null for nobody.</param>
    /// <param name="cancellation">Stops after the batches that are under way.</param>
    /// <returns>What became of the rows, even if something stopped the import.</returns>
    /// <exception cref="CsvFaultsException">A file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> RunAsync(ImportFile? accounts, ImportFile? transfers,
        RefusedRows? rejected, CancellationToken cancellation)
    {
        var (info, reading, lastId) = await ReadAsync(accounts, transfers, cancellation)
            .ConfigureAwait(false);
        var summary = new ImportSummary();
        try
        {
            // Rows are decided in their order: once the last one is, none needs other terms.
            var mayNeedTerms = lastId is not null && await ledger
                .GetEntryAsync(lastId, cancellation).ConfigureAwait(false) is null;
            if (accounts is not null)
                await OpenAccountsAsync(accounts, reading, row => mayNeedTerms
                    ? row.Meanwhile ?? row : row, summary, cancellation).ConfigureAwait(false);
            if (transfers is not null)
                await SettleAsync(transfers, reading, info, rejected, summary, cancellation)
                    .ConfigureAwait(false);
            if (accounts is not null && mayNeedTerms)
                await OpenAccountsAsync(accounts, reading,
                    row => row.Lowest is null ? null : row, summary, cancellation)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException)
        {
            summary.StoppedBy = e;
        }
        return summary;
    }

    private async Task<(LedgerInfo Info, CsvReading Reading, string? LastId)> ReadAsync(
        ImportFile? accounts, ImportFile? transfers, CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
        var scales = new AssetScales(info);
        var reading = new CsvReading(scales, asset ?? scales.AssumedAsset, MetaColumns)
        {
            KnowsAccount = (ledger as ISettlesHere)?.Submitter.KnowsAccount,
        };
        if (reading.Asset is not null) scales.Of(reading.Asset);
        CheckMetaColumns(accounts, transfers);
        if (accounts is not null)
            CsvChecks.CheckAccounts(accounts, reading, progress, cancellation);
        return (info, reading, transfers is null ? null
            : CsvChecks.CheckTransfers(transfers, reading, progress, cancellation));
    }

    private void CheckMetaColumns(params ReadOnlySpan<ImportFile?> files)
    {
        var all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files) all.UnionWith(file?.ReadHeader() ?? []);
        foreach (var column in MetaColumns)
        {
            if (!all.Contains(column))
                throw Parse.Fault("meta-columns", column, "is not a column of the file"
                    + NearestName.Suggest(column, all));
        }
    }

    private async Task OpenAccountsAsync(ImportFile source, CsvReading reading,
        Func<CsvAccountRow, CsvAccountRow?> choose, ImportSummary summary,
        CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var accounts = new CsvAccounts(file, reading);
        var pending = new List<Task>(AccountsInFlight);
        var rows = 0L;
        while (accounts.Read() is { } row)
        {
            rows++;
            if (choose(row) is not { } chosen) continue;
            pending.Add(OpenAsync(chosen, reading.Scales.DefaultAsset, summary, cancellation));
            if (pending.Count < AccountsInFlight) continue;
            await Task.WhenAll(pending).ConfigureAwait(false);
            pending.Clear();
            progress?.Report(source.At(file.Offset, "settling"));
        }
        await Task.WhenAll(pending).ConfigureAwait(false);
        summary.Accounts = rows - summary.AccountsRejected;
    }

    private async Task OpenAsync(CsvAccountRow row, string defaultAsset, ImportSummary summary,
        CancellationToken cancellation)
    {
        try
        {
            var known = await ledger.GetAccountAsync(row.Request.Account,
                cancellationToken: cancellation).ConfigureAwait(false);
            if (row.IsIn(known, defaultAsset)) return;
            await ledger.PutAccountAsync(row.Request, cancellation).ConfigureAwait(false);
            lock (summary) summary.AccountsChanged++;
        }
        catch (RejectedException e)
        {
            lock (summary)
            {
                summary.AccountsRejected++;
                summary.CountReason(e.Refusal);
            }
        }
    }

    private async Task SettleAsync(ImportFile source, CsvReading reading, LedgerInfo info,
        RefusedRows? rejected, ImportSummary summary, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var transfers = new CsvTransfers(file, reading);
        var known = new KnownRows(
            ledger, new LedgerAssets(info.Assets), ChainExport.ClockOf(info));
        rejected?.WriteHeader(file.OwnHeader);
        var free = new Stack<ImportBatch>();
        var pending = new Queue<(ImportBatch Batch, Task Task)>();
        Exception? stop = null;
        while (stop is null)
        {
            var batch = free.TryPop(out var used) ? used : new ImportBatch(reading.KnowsAccount);
            stop = Fill(batch, transfers, keepRows: rejected is not null);
            if (stop is not null || batch.Job.Batch.Count == 0) break;
            pending.Enqueue((batch, ledger is ISettlesHere local
                ? local.Submitter.SettleAsync(batch.Job).AsTask() : SendAsync(batch.Job)));
            if (pending.Count >= _batchesInFlight)
                stop = await TakeOldestAsync().ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
                stop ??= new OperationCanceledException(cancellation);
        }
        while (pending.Count > 0)
        {
            var error = await TakeOldestAsync().ConfigureAwait(false);
            stop ??= error;
        }
        if (stop is not null) throw stop;

        async Task<Exception?> TakeOldestAsync()
        {
            var (batch, task) = pending.Dequeue();
            try
            {
                await task.ConfigureAwait(false);
                await known.RecognizeAsync(batch.Job.Batch, batch.Job.Verdicts, cancellation)
                    .ConfigureAwait(false);
            }
            catch (Exception e)
            {
                return e;
            }
            Count(batch, rejected, summary);
            progress?.Report(source.At(batch.Offset, "settling"));
            free.Push(batch);
            return null;
        }
    }

    // Transfers between two transactions go together.
    private async Task SendAsync(Job job)
    {
        var batch = job.Batch;
        for (var i = 0; i < batch.Count;)
        {
            if (batch[i].Kind == EntryKind.Transaction)
            {
                job.Verdicts[i] = await TransactAsync(batch, i).ConfigureAwait(false);
                i++;
                continue;
            }
            var requests = new List<TransferRequest>();
            for (var next = i; next < batch.Count && batch[next].Kind == EntryKind.Transfer; next++)
                requests.Add(ToRequest(batch, batch[next]));
            var verdicts = await ledger
                .TransferBatchAsync(requests.ToArray(), CancellationToken.None)
                .ConfigureAwait(false);
            verdicts.CopyTo(job.Verdicts, i);
            i += requests.Count;
        }
    }

    private async Task<Verdict> TransactAsync(RequestBatch batch, int index)
    {
        try
        {
            var done = await ledger.TransactAsync(ToTransaction(batch, batch[index]),
                CancellationToken.None).ConfigureAwait(false);
            return new Verdict(RefusalCode.None, done.Block, done.Replayed);
        }
        catch (RejectedException e)
        {
            return e.Verdict;
        }
    }

    private static TransactionRequest ToTransaction(RequestBatch batch, in Request request)
    {
        var postings = new List<Posting>();
        foreach (ref readonly var part in batch.Postings(request))
        {
            postings.Add(new Posting
            {
                From = batch.Text(part.From),
                To = batch.Text(part.To),
                Amount = Money.InLedgersScale(part.Amount, EntryViews.Text(batch, part.Asset)),
            });
        }
        return new TransactionRequest
        {
            Id = batch.Text(request.Id),
            Postings = postings,
            Timestamp = EntryViews.Timestamp(batch, request),
            Memo = EntryViews.Text(batch, request.Memo),
            Meta = EntryViews.Meta(batch.Bytes(request.Meta)),
        };
    }

    private static TransferRequest ToRequest(RequestBatch batch, in Request request) => new()
    {
        Id = batch.Text(request.Id),
        From = batch.Text(request.From),
        To = batch.Text(request.To),
        Amount = Money.InLedgersScale(request.Amount, EntryViews.Text(batch, request.Asset)),
        Timestamp = EntryViews.Timestamp(batch, request),
        Memo = EntryViews.Text(batch, request.Memo),
        Meta = EntryViews.Meta(batch.Bytes(request.Meta)),
    };

    // A fault here means that the file was changed after it had been checked.
    private static CsvFaultException? Fill(ImportBatch batch, CsvTransfers transfers, bool keepRows)
    {
        batch.Clear();
        try
        {
            while (!batch.IsFull
                && transfers.ReadInto(batch.Job.Batch, keepRows ? batch : null))
            {
            }
        }
        catch (CsvFaultException e)
        {
            return e;
        }
        batch.Offset = transfers.File.Offset;
        return null;
    }

    private static void Count(ImportBatch batch, RefusedRows? rejected, ImportSummary summary)
    {
        for (var i = 0; i < batch.Job.Batch.Count; i++)
        {
            var verdict = batch.Job.Verdicts[i];
            summary.Count(verdict);
            if (!verdict.IsSuccessful && rejected is not null) batch.WriteTo(rejected, i, verdict);
        }
    }
}
