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
                    await _store.InstallViewsAsync(_reader.DefaultAsset, cancellation)
                        .ConfigureAwait(false);
                    return await GetInfoAsync(cancellation).ConfigureAwait(false);
                }, cancellation).ConfigureAwait(false);
        }
        catch (IdReusedException e)
        {
            throw new RejectedException(
                RefusalCode.AlreadyInitialized, LedgerEntry.Id, e.Block, false,
                $"the ledger's default asset is {_reader.DefaultAsset} for ever");
        }
    }

    public async Task<AssetInfo> DeclareAssetAsync(
        string asset, int scale, CancellationToken cancellation = default)
    {
        if (scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
        if (await _reader.FindAssetAsync(asset, cancellation).ConfigureAwait(false) is { } known
            && known.Scale == scale)
            return known;
        return await _submitter.SettleAsync(
            batch => LedgerRequests.ReadAsset(batch, asset, scale, Submitter.NewId()),
            _ => ValueTask.FromResult(new AssetInfo(asset, scale)), cancellation)
            .ConfigureAwait(false);
    }

    public async Task<Transfer> TransferAsync(string from, string to, Money amount,
        string? id = null, CancellationToken cancellation = default)
    {
        var (minor, asset) = await _reader.ToMinorAsync(amount, cancellation).ConfigureAwait(false);
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
        var id = request.Id ?? Submitter.NewId();
        LedgerRequests.Read(job.Batch, request, id);
        // Most calls are this one: one state machine less is felt.
        await _settler.SettleAsync(job).ConfigureAwait(false);
        var verdict = Submitter.Conclude(job);
        _submitter.Return(job);
        return Transfer.Of(request, id, _reader.DefaultAsset, verdict.Block, verdict.Replayed);
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
                LedgerRequests.Read(job.Batch, request, request.Id ?? Submitter.NewId());
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
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            TransactionOf, cancellation);

    public Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            async job =>
            {
                var (entry, replayed) = (job.Entry(), job.Verdicts[0].Replayed);
                var id = entry.Batch.Text(entry.Entry.Id);
                var state = !replayed ? "open"
                    : await HoldStateAsync(id, cancellation).ConfigureAwait(false);
                return EntryViews.Hold(entry, _reader.DefaultAsset, state, replayed);
            }, cancellation);

    public Task<Transfer> CaptureAsync(
        CaptureRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            job => new ValueTask<Transfer>(EntryViews.Transfer(
                job.Entry(), _reader.DefaultAsset, job.Verdicts[0].Replayed)), cancellation);

    public Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            job => new ValueTask<Hold>(EntryViews.Hold(
                job.Hold!, _reader.DefaultAsset, "voided", job.Verdicts[0].Replayed)),
            cancellation);

    public Task<Transaction> RevertAsync(
        RevertRequest request, CancellationToken cancellation = default) =>
        _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            TransactionOf, cancellation);

    public async Task<Account> OpenAccountAsync(
        AccountRequest request, CancellationToken cancellation = default)
    {
        if (request.Id is null
            && await GetAccountAsync(request.Account, default, cancellation)
                .ConfigureAwait(false) is { } same
            && SameTerms(same, request, _reader.DefaultAsset))
        {
            LedgerRequests.Read(new RequestBatch(), request, Submitter.NewId());
            return same;
        }
        return await _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? Submitter.NewId()),
            async _ => (await GetAccountAsync(request.Account, default, cancellation)
                .ConfigureAwait(false))!, cancellation).ConfigureAwait(false);
    }

    private ValueTask<Transaction> TransactionOf(Job job) => new(EntryViews.Transaction(
        job.Entry(), _reader.DefaultAsset, job.Verdicts[0].Replayed));

    private static bool SameTerms(Account account, AccountRequest request, string defaultAsset)
    {
        var balance =
            account.Balances.FirstOrDefault(b => b.Asset == (request.Asset ?? defaultAsset));
        if (balance is null) return false;
        return (request.Overdraft is null || request.Overdraft == balance.Overdraft)
            && (request.Ceiling is null || request.Ceiling == (balance.Ceiling ?? Ceiling.None))
            && (request.Closed is null || request.Closed == account.Closed)
            && (request.Owners is null || request.Owners.SequenceEqual(account.Owners ?? []))
            && (request.Meta is null || SameMeta(request.Meta, account.Meta));
    }

    private static bool SameMeta(
        IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string>? b) =>
        a.Count == (b?.Count ?? 0)
        && a.All(pair => b!.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
