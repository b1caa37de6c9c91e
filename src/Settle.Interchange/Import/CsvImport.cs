using Settle.Journals;
using Settle.Local;
using Settle.Settling;
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

    private string? _asset = asset;

    // In this process one batch is read, one is decided and one is written. Requests that race to a
    // server may arrive in another order, and the file's order decides who has money when.
    private readonly int _batchesInFlight = ledger is LocalLedger ? 3 : 1;

    /// <param name="accounts">The file of accounts; null for none.</param>
    /// <param name="transfers">The file of transfers; null for none.</param>
    /// <param name="rejected">Takes the refused rows; null for nobody.</param>
    /// <param name="cancellation">Stops after the batches that are under way.</param>
    /// <returns>What became of the rows, even if something stopped the import.</returns>
    /// <exception cref="CsvFaultsException">A file has faults; nothing was sent.</exception>
    public async Task<ImportSummary> RunAsync(ImportFile? accounts, ImportFile? transfers,
        RejectedRows? rejected, CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
        var scales = new AssetScales(info);
        _asset ??= scales.AssumedAsset;
        if (_asset is not null) scales.Of(_asset);
        if (accounts is not null)
            CsvChecks.CheckAccounts(accounts, scales, _asset, progress, cancellation);
        if (transfers is not null)
            CsvChecks.CheckTransfers(transfers, scales, _asset, progress, cancellation);
        var summary = new ImportSummary();
        try
        {
            if (accounts is not null)
                await OpenAccountsAsync(accounts, scales, summary, cancellation)
                    .ConfigureAwait(false);
            if (transfers is not null)
                await SettleAsync(transfers, scales, rejected, summary, cancellation)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException)
        {
            summary.StoppedBy = e;
        }
        return summary;
    }

    private async Task OpenAccountsAsync(ImportFile source, AssetScales scales,
        ImportSummary summary,
        CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var accounts = new CsvAccounts(file, scales, _asset);
        var pending = new List<Task>(AccountsInFlight);
        while (accounts.Read() is { } account)
        {
            pending.Add(OpenAsync(account, summary, cancellation));
            if (pending.Count < AccountsInFlight) continue;
            await Task.WhenAll(pending).ConfigureAwait(false);
            pending.Clear();
            progress?.Report(source.At(file.Offset, "settling"));
        }
        await Task.WhenAll(pending).ConfigureAwait(false);
    }

    private async Task OpenAsync(AccountRequest account, ImportSummary summary,
        CancellationToken cancellation)
    {
        try
        {
            await ledger.PutAccountAsync(account, cancellation).ConfigureAwait(false);
            lock (summary) summary.Accounts++;
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

    private async Task SettleAsync(ImportFile source, AssetScales scales, RejectedRows? rejected,
        ImportSummary summary, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var transfers = new CsvTransfers(file, scales, _asset);
        rejected?.WriteHeader(file.Header);
        var free = new Stack<ImportBatch>();
        var pending = new Queue<(ImportBatch Batch, Task Task)>();
        Exception? stop = null;
        while (stop is null)
        {
            var batch = free.TryPop(out var used) ? used : new ImportBatch();
            stop = Fill(batch, transfers, keepRows: rejected is not null);
            if (stop is not null || batch.Job.Batch.Count == 0) break;
            pending.Enqueue((batch, ledger is LocalLedger local
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

    private async Task SendAsync(Job job)
    {
        var requests = new TransferRequest[job.Batch.Count];
        for (var i = 0; i < requests.Length; i++) requests[i] = ToRequest(job.Batch, job.Batch[i]);
        var verdicts = await ledger.TransferBatchAsync(requests, CancellationToken.None)
            .ConfigureAwait(false);
        verdicts.CopyTo(job.Verdicts, 0);
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
            while (!batch.IsFull && transfers.ReadInto(batch.Job.Batch))
                if (keepRows) batch.KeepRow(transfers.File.RawRow);
        }
        catch (CsvFaultException e)
        {
            return e;
        }
        batch.Offset = transfers.File.Offset;
        return null;
    }

    private static void Count(ImportBatch batch, RejectedRows? rejected, ImportSummary summary)
    {
        for (var i = 0; i < batch.Job.Batch.Count; i++)
        {
            var verdict = batch.Job.Verdicts[i];
            summary.Count(verdict);
            if (!verdict.IsSuccessful) rejected?.Write(batch.Row(i), verdict.Refusal);
        }
    }
}
