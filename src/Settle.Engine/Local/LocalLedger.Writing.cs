using Settle.Settling;

namespace Settle.Local;

/// <content>Everything that asks the settling loop.</content>
internal sealed partial class LocalLedger
{
    public async Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellation = default)
    {
        var decimals = Settle.DefaultAsset.Scale(asset, scale);
        var job = Rent();
        ref var request = ref job.Batch.Add(EntryKind.Ledger);
        LedgerEntry.Fill(job.Batch, ref request, asset, decimals);
        try
        {
            await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        }
        catch (IdReusedException e)
        {
            var known = await DefaultAssetAsync(cancellation).ConfigureAwait(false);
            throw new RejectedException(
                RefusalCode.AlreadyInitialized, LedgerEntry.Id, e.Block, false,
                $"the ledger's default asset is {known} for ever");
        }
        await InstallDesignAsync(cancellation).ConfigureAwait(false);
        return await GetInfoAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<AssetInfo> DeclareAssetAsync(
        string asset, int scale, CancellationToken cancellation = default)
    {
        if (scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
        if (await FindAssetAsync(asset, cancellation).ConfigureAwait(false) is { } known
            && known.Scale == scale)
            return known;
        var job = Rent();
        ref var request = ref job.Batch.Add(EntryKind.Asset);
        request.Id = job.Batch.Append("id", NewId());
        request.Asset = job.Batch.Append("asset", asset);
        request.Scale = scale;
        RequestRules.Check(job.Batch, ref request);
        await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        return new AssetInfo(asset, scale);
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
        var job = Rent();
        var id = request.Id ?? NewId();
        RequestReader.Read(job.Batch, request, id);
        // Most calls are this one: one state machine less is felt.
        await _settler.SettleAsync(job).ConfigureAwait(false);
        var verdict = Conclude(job);
        Return(job);
        return new Transfer
        {
            Id = id,
            From = request.From,
            To = request.To,
            Amount = request.Amount,
            Asset = request.Asset ?? await DefaultAssetAsync(cancellation).ConfigureAwait(false),
            Status = EntryViews.Status(verdict.Refusal),
            Timestamp = request.Timestamp,
            Memo = request.Memo,
            Meta = request.Meta,
            Block = verdict.Block,
            Replayed = verdict.Replayed,
        };
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

    public async Task<Transaction> TransactAsync(
        TransactionRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        var verdict = await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        return EntryViews.Transaction(job.Batch, job.Batch[0], verdict,
            await DefaultAssetAsync(cancellation).ConfigureAwait(false));
    }

    public async Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        var verdict = await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        return verdict.Replayed
            ? (await AfterDecisionAsync(job, id => GetHoldAsync(id, cancellation))
                .ConfigureAwait(false))!
                with { Replayed = true }
            : EntryViews.Hold(job.Batch, job.Batch[0], verdict,
                await DefaultAssetAsync(cancellation).ConfigureAwait(false), "open");
    }

    public async Task<Transfer> CaptureAsync(
        CaptureRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        var verdict = await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        return verdict.Replayed
            ? (await AfterDecisionAsync(job, id => GetTransferAsync(id, cancellation))
                .ConfigureAwait(false))!
                with { Replayed = true }
            : EntryViews.Transfer(job.Batch, job.Batch[0], verdict,
                await DefaultAssetAsync(cancellation).ConfigureAwait(false));
    }

    public async Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        var verdict = await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        var hold = await AfterDecisionAsync(job, _ => GetHoldAsync(request.Hold, cancellation))
            .ConfigureAwait(false);
        return hold! with { Replayed = verdict.Replayed };
    }

    public async Task<Transaction> RevertAsync(
        RevertRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        var verdict = await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        var defaultAsset = await DefaultAssetAsync(cancellation).ConfigureAwait(false);
        if (!verdict.Replayed)
            return EntryViews.Transaction(job.Batch, job.Batch[0], verdict, defaultAsset);
        var recorded = await AfterDecisionAsync(job, id => RecallAsync(id, cancellation))
            .ConfigureAwait(false);
        return EntryViews.Transaction(recorded!.Batch, recorded.Entry, verdict, defaultAsset);
    }

    public async Task<Account> OpenAccountAsync(
        AccountRequest request, CancellationToken cancellation = default)
    {
        var job = Rent();
        RequestReader.Read(job.Batch, request, request.Id ?? NewId());
        if (request.Id is null
            && await GetAccountAsync(request.Account, default, cancellation)
                .ConfigureAwait(false) is { } same
            && SameTerms(same, request,
                await DefaultAssetAsync(cancellation).ConfigureAwait(false)))
        {
            return same;
        }
        await SettleOneAsync(job, cancellation).ConfigureAwait(false);
        return (await AfterDecisionAsync(
            job, _ => GetAccountAsync(request.Account, default, cancellation))
            .ConfigureAwait(false))!;
    }

    /// <summary>
    /// Reads what a decision did. That it cannot be read does not mean that nothing was decided.
    /// </summary>
    internal static Task<T> AfterDecisionAsync<T>(Job job, Func<string, Task<T>> read)
    {
        var id = job.Batch.Text(job.Batch[0].Id);
        return AfterDecisionAsync(id, () => read(id));
    }

    /// <summary>The same, for what was decided under an id.</summary>
    internal static async Task<T> AfterDecisionAsync<T>(string id, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            throw new OutcomeUnknownException(id,
                $"it was decided, but not read back: {e.Message}; send the same id again", e);
        }
    }

    /// <summary>Settles a job of one request; a refusal is an exception.</summary>
    internal async ValueTask<Verdict> SettleOneAsync(Job job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await _settler.SettleAsync(job).ConfigureAwait(false);
        return Conclude(job);
    }

    private static Verdict Conclude(Job job)
    {
        var verdict = job.Verdicts[0];
        if (verdict.IsSuccessful) return verdict;
        var id = job.Batch.Text(job.Batch[0].Id);
        throw verdict.Refusal == RefusalCode.IdReused
            ? new IdReusedException(id, job.DifferingField ?? "content", verdict.Block)
            : RejectedException.For(verdict.Refusal, id, verdict.Block, verdict.Replayed);
    }
}
