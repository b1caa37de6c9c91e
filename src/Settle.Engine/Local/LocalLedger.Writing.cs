using Settle.Settling;
using Settle.Views;

namespace Settle.Local;

/// <content>Everything that asks the settling loop.</content>
internal sealed partial class LocalLedger
{
    public async Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellation = default)
    {
        var decimals = Settle.DefaultAsset.Scale(asset, scale);
        try
        {
            return await _submitter.SettleAsync(
                batch => LedgerEntry.Fill(
                    batch, ref batch.Add(EntryKind.Ledger), asset, decimals),
                async _ =>
                {
                    await InstallDesignAsync(cancellation).ConfigureAwait(false);
                    return await GetInfoAsync(cancellation).ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
        }
        catch (IdReusedException e)
        {
            throw new RejectedException(
                RefusalCode.AlreadyInitialized, LedgerEntry.Id, e.Block, false,
                $"the ledger's default asset is {DefaultAsset} for ever");
        }
    }

    public async Task<AssetInfo> DeclareAssetAsync(
        string asset, int scale, CancellationToken cancellation = default)
    {
        if (scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
        if (await FindAssetAsync(asset, cancellation).ConfigureAwait(false) is { } known
            && known.Scale == scale)
            return known;
        return await _submitter.SettleAsync(
            batch => RequestReader.ReadAsset(batch, asset, scale, NewId()),
            _ => ValueTask.FromResult(new AssetInfo(asset, scale)), cancellation)
            .ConfigureAwait(false);
    }

    public async Task<Transfer> TransferAsync(string from, string to, Money amount,
        string? id = null, CancellationToken cancellation = default)
    {
        var (minor, asset) = await ToMinorAsync(amount, cancellation).ConfigureAwait(false);
        return await TransferAsync(new TransferRequest
        {
            Id = id, From = from, To = to, Amount = minor, Asset = asset,
        }, cancellation).ConfigureAwait(false);
    }

    public async Task<Transfer> TransferAsync(
        TransferRequest request, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var job = _submitter.Rent();
        var id = request.Id ?? NewId();
        RequestReader.Read(job.Batch, request, id);
        // Most calls are this one: one state machine less is felt.
        await _settler.SettleAsync(job).ConfigureAwait(false);
        var verdict = Submitter.Conclude(job);
        _submitter.Return(job);
        return Transfer.Of(request, id, DefaultAsset, verdict.Block, verdict.Replayed);
    }

    public async Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (requests.IsEmpty) return [];
        var job = new Job(requests.Length, requests.Length * 64);
        for (var i = 0; i < requests.Length; i++)
        {
            try
            {
                var request = requests.Span[i];
                RequestReader.Read(job.Batch, request, request.Id ?? NewId());
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
        }
        await _settler.SettleAsync(job).ConfigureAwait(false);
        return job.Verdicts;
    }

    public Task<Transaction> TransactAsync(
        TransactionRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            TransactionOf, cancellation);

    public Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            async job =>
            {
                var (entry, replayed) = (job.Entry(), job.Verdicts[0].Replayed);
                var state = !replayed ? "open"
                    : await HoldStateAsync(entry, cancellation).ConfigureAwait(false);
                return EntryViews.Hold(entry, DefaultAsset, state, replayed);
            }, cancellation);

    public Task<Transfer> CaptureAsync(
        CaptureRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            job => new ValueTask<Transfer>(EntryViews.Transfer(
                job.Entry(), DefaultAsset, job.Verdicts[0].Replayed)), cancellation);

    public Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            job => new ValueTask<Hold>(EntryViews.Hold(
                job.Hold!, DefaultAsset, "voided", job.Verdicts[0].Replayed)), cancellation);

    public Task<Transaction> RevertAsync(
        RevertRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            TransactionOf, cancellation);

    public async Task<Account> OpenAccountAsync(
        AccountRequest request, CancellationToken cancellation = default)
    {
        if (request.Id is null
            && await GetAccountAsync(request.Account, default, cancellation)
                .ConfigureAwait(false) is { } same
            && SameTerms(same, request, DefaultAsset))
        {
            RequestReader.Read(new RequestBatch(), request, NewId());
            return same;
        }
        return await _submitter.SettleAsync(
            batch => RequestReader.Read(batch, request, request.Id ?? NewId()),
            async _ => (await GetAccountAsync(request.Account, default, cancellation)
                .ConfigureAwait(false))!, cancellation).ConfigureAwait(false);
    }

    private ValueTask<Transaction> TransactionOf(Job job) => new(EntryViews.Transaction(
        job.Entry(), DefaultAsset, job.Verdicts[0].Replayed));
}
