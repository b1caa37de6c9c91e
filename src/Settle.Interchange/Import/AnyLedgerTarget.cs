using Settle.Views;
using Settle.Settling;

namespace Settle.Import;

/// <summary>Imports through the public interface: into a ledger behind a server.</summary>
internal sealed class AnyLedgerTarget(ILedger ledger) : IImportTarget
{
    // Requests that race to a server may arrive in another order.
    public int BatchesInFlight => 1;

    public async ValueTask SettleAsync(Job job, CancellationToken cancellation)
    {
        var requests = new TransferRequest[job.Batch.Count];
        for (var i = 0; i < requests.Length; i++) requests[i] = ToRequest(job.Batch, job.Batch[i]);
        var verdicts =
            await ledger.TransferBatchAsync(requests, cancellation).ConfigureAwait(false);
        verdicts.CopyTo(job.Verdicts, 0);
    }

    private static TransferRequest ToRequest(RequestBatch batch, in Request request) => new()
    {
        Id = batch.Text(request.Id),
        From = batch.Text(request.From),
        To = batch.Text(request.To),
        Amount = Money.InLedgersScale(request.Amount, Text(batch, request.Asset)),
        Timestamp = EntryViews.Timestamp(batch, request),
        Memo = Text(batch, request.Memo),
        Meta = EntryViews.Meta(batch.Bytes(request.Meta)),
    };

    private static string? Text(RequestBatch batch, Slice text) =>
        text.IsEmpty ? null : batch.Text(text);
}
