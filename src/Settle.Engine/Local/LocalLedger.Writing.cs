using Settle.Settling;
using Settle.Views;

namespace Settle.Local;

/// <content>Everything that asks the settling loop.</content>
internal sealed partial class LocalLedger
{
    public Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellationToken = default) =>
        InitializeAsync(new LedgerRequest { Asset = asset, Scale = scale }, cancellationToken);

    public async Task<LedgerInfo> InitializeAsync(
        LedgerRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = Texts.Given("asset", request.Asset);
        var decimals = Settle.DefaultAsset.Scale(asset, request.Scale);
        try
        {
            LedgerInfo? left = null;
            var info = await _submitter.SettleAsync(
                batch => LedgerEntry.Fill(
                    batch, ref batch.Add(EntryKind.Ledger), asset, decimals, request.Strict),
                async _ =>
                {
                    await _store.InstallViewsAsync(_reader.DefaultAsset, cancellationToken)
                        .ConfigureAwait(false);
                    return left
                        ?? await GetInfoAsync(cancellationToken).ConfigureAwait(false);
                }, cancellationToken, committed: _ => left = InfoOf()).ConfigureAwait(false);
            if (request.Strict is not { } strict || strict == info.Strict) return info;
            return await _submitter.SettleAsync(
                batch => LedgerEntry.Fill(batch, ref batch.Add(EntryKind.Ledger), asset, decimals,
                    strict, _submitter.NewId()),
                _ => ValueTask.FromResult(left!), cancellationToken,
                committed: _ => left = InfoOf()).ConfigureAwait(false);
        }
        catch (IdReusedException e)
        {
            throw new RejectedException(
                RefusalCode.AlreadyInitialized, LedgerEntry.Id, e.Block, false,
                $"the ledger's default asset is {_reader.DefaultAsset} for ever");
        }
    }

    public async Task<AssetInfo> DeclareAssetAsync(
        string asset, int scale, CancellationToken cancellationToken = default)
    {
        if (scale is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
        if (_state.Assets.All.FirstOrDefault(known => known.Code == asset) is { } same
            && same.Scale == scale)
            return same;
        return await _submitter.SettleAsync(
            batch => LedgerRequests.ReadAsset(batch, asset, scale, _submitter.NewId()),
            _ => ValueTask.FromResult(new AssetInfo(asset, scale)), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<Transfer> TransferAsync(string from, string to, Money amount,
        string? id = null, CancellationToken cancellationToken = default) =>
        TransferAsync(new TransferRequest { Id = id, From = from, To = to, Amount = amount },
            cancellationToken);

    public async Task<Transfer> TransferAsync(
        TransferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (request.DryRun)
        {
            return await RehearseAsync(batch => LedgerRequests.Read(
                batch, request, request.Id ?? _submitter.NewId(), _state.Assets),
                job => EntryViews.Transfer(job.Entry(), _reader.Assets, job.Verdicts[0].Replayed,
                    job.Verdicts[0].NewAccounts) with { Balances = job.Changes },
                cancellationToken).ConfigureAwait(false);
        }
        var job = _submitter.Rent(request.Wait);
        var id = request.Id ?? _submitter.NewId();
        LedgerRequests.Read(job.Batch, request, id, _state.Assets);
        // Most calls are this one: one state machine less is felt, and one that holds less.
        await _settler.SettleAsync(job).ConfigureAwait(false);
        if (!job.Verdicts[0].IsSuccessful) await _submitter.ExplainAsync(job).ConfigureAwait(false);
        var verdict = Submitter.Conclude(job);
        if (verdict.Replayed)
            return await RepeatedAsync(job, cancellationToken).ConfigureAwait(false);
        var amount = _state.Assets.Of(job.Batch[0].Amount, job.Batch, job.Batch[0].Asset);
        _submitter.Return(job);
        return Transfer.Of(request, id, amount, verdict);
    }

    public async Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (requests.IsEmpty) return [];
        var job = _submitter.NewJob(requests.Length, requests.Length * 64);
        for (var i = 0; i < requests.Length; i++)
        {
            var request = requests.Span[i]
                ?? throw new InvalidRequestException($"[{i}]", "is missing");
            try
            {
                if (request.DryRun)
                {
                    throw new InvalidRequestException("dry_run",
                        "is for a single transfer, not for one of a batch");
                }
                LedgerRequests.Read(
                    job.Batch, request, request.Id ?? _submitter.NewId(), _state.Assets);
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
        }
        await _submitter.SettleAsync(job).ConfigureAwait(false);
        return job.Verdicts;
    }

    public Task<Transaction> TransactAsync(
        TransactionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.DryRun)
            return _submitter.SettleAsync(Read, TransactionOf, cancellationToken,
                _submitter.Rent(request.Wait));
        return RehearseAsync(Read, job => EntryViews.Transaction(job.Entry(), _reader.Assets,
            job.Verdicts[0].Replayed, job.Verdicts[0].NewAccounts)
                with { Balances = job.Changes }, cancellationToken);

        void Read(RequestBatch batch) => LedgerRequests.Read(
            batch, request, request.Id ?? _submitter.NewId(), _state.Assets);
    }

    public Task<Hold> HoldAsync(HoldRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _submitter.SettleAsync(
            batch => LedgerRequests.Read(
                batch, request, request.Id ?? _submitter.NewId(), _state.Assets),
            async job =>
            {
                var (entry, verdict) = (job.Entry(), job.Verdicts[0]);
                var id = entry.Batch.Text(entry.Entry.Id);
                var (state, end) = !verdict.Replayed ? (HoldState.Open, null)
                    : await EndOfHoldAsync(id, cancellationToken).ConfigureAwait(false);
                return EntryViews.Hold(entry, _reader.Assets, state, end, verdict.Replayed,
                    verdict.NewAccounts);
            }, cancellationToken, _submitter.Rent(request.Wait));
    }

    public async Task<Transfer> CaptureAsync(
        CaptureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        long? minor = null;
        if (request.Amount is { } amount)
        {
            var asset = amount.IsInLedgersScale ? null
                : await AssetOfHoldAsync(Texts.Given("hold", request.Hold), cancellationToken)
                    .ConfigureAwait(false);
            minor = _state.Assets.Read("amount", amount, asset).Minor;
        }
        return await _submitter.SettleAsync(
            batch => LedgerRequests.Read(
                batch, request, request.Id ?? _submitter.NewId(), minor),
            job => new ValueTask<Transfer>(EntryViews.Transfer(
                job.Entry(), _reader.Assets, job.Verdicts[0].Replayed,
                job.Verdicts[0].NewAccounts)), cancellationToken).ConfigureAwait(false);
    }

    public Task<Hold> VoidAsync(VoidRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? _submitter.NewId()),
            job => new ValueTask<Hold>(EntryViews.Hold(
                job.Ended!, _reader.Assets, HoldState.Voided, job.Entry(),
                job.Verdicts[0].Replayed)),
            cancellationToken);
    }

    public async Task<Transaction> RevertAsync(
        RevertRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        long? minor = null;
        if (request.Amount is { } amount)
        {
            var asset = amount.IsInLedgersScale ? null
                : await AssetOfTransferAsync(Texts.Given("reverts", request.Reverts),
                    cancellationToken).ConfigureAwait(false);
            minor = _state.Assets.Read("amount", amount, asset).Minor;
        }
        return await _submitter.SettleAsync(
            batch => LedgerRequests.Read(batch, request, request.Id ?? _submitter.NewId(), minor),
            TransactionOf, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Account> PutAccountAsync(
        AccountRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Id is null
            && await GetAccountAsync(request.Account, default, cancellationToken)
                .ConfigureAwait(false) is { } same
            && SameTerms(same, request))
        {
            LedgerRequests.Read(new RequestBatch(), request, _submitter.NewId(), _state.Assets);
            return same;
        }
        return await _submitter.SettleAsync(
            batch => LedgerRequests.Read(
                batch, request, request.Id ?? _submitter.NewId(), _state.Assets),
            async job =>
            {
                if (job.Verdicts[0].Detail is Account decided) return decided;
                // Others may have changed it since: what was decided is what its block left.
                var left = await GetAccountAsync(request.Account,
                    HasSites ? AsOf.Now : AsOf.AtHeight(job.Verdicts[0].Block), cancellationToken)
                    .ConfigureAwait(false);
                return AccountViews.With(left!, job.Entry(), _reader.Assets);
            }, cancellationToken).ConfigureAwait(false);
    }

    // What would be decided. What was decided before under the id is the answer, as always.
    private Task<T> RehearseAsync<T>(
        Action<RequestBatch> fill, Func<Job, T> answer, CancellationToken cancellationToken)
    {
        if (HasSites)
        {
            throw new InvalidRequestException("dry_run", "is not possible at one of several sites: "
                + "what is decided depends on what the others do meanwhile");
        }
        var job = _submitter.Rent();
        job.IsDryRun = true;
        return _submitter.SettleAsync(
            fill, asked => new ValueTask<T>(answer(asked)), cancellationToken, job);
    }

    private bool HasSites => _state.Sites is { HasSites: true };

    // A repeat may be spelled in another way than what was recorded.
    private async Task<Transfer> RepeatedAsync(Job job, CancellationToken cancellationToken)
    {
        var transfer = EntryViews.Transfer(job.Entry(), _reader.Assets, replayed: true);
        var known = await Submitter.DecidedAsync(transfer.Id, async () =>
            await _entries.WithRevertsAsync(transfer, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        _submitter.Return(job);
        return known;
    }

    private ValueTask<Transaction> TransactionOf(Job job) => new(EntryViews.Transaction(
        job.Entry(), _reader.Assets, job.Verdicts[0].Replayed, job.Verdicts[0].NewAccounts));

    private async Task<string?> AssetOfTransferAsync(
        string id, CancellationToken cancellationToken)
    {
        var transfer = await GetTransferAsync(id, cancellationToken).ConfigureAwait(false);
        if (transfer is not null) return transfer.Asset;
        // Another process may have made it just now.
        await _reader.RefreshAsync().ConfigureAwait(false);
        return (await GetTransferAsync(id, cancellationToken).ConfigureAwait(false))?.Asset;
    }

    private async Task<string?> AssetOfHoldAsync(string id, CancellationToken cancellationToken)
    {
        var hold = await GetHoldAsync(id, cancellationToken).ConfigureAwait(false);
        if (hold is not null) return hold.Asset;
        // Another process may have made it just now.
        await _reader.RefreshAsync().ConfigureAwait(false);
        return (await GetHoldAsync(id, cancellationToken).ConfigureAwait(false))?.Asset;
    }

    private bool SameTerms(Account account, AccountRequest request)
    {
        var balance = account.Balances.FirstOrDefault(
            each => each.Asset == (request.Asset ?? _reader.DefaultAsset));
        if (balance is null) return false;
        return (request.Overdraft is not { } overdraft || (overdraft.IsUnlimited
                ? balance.Overdraft.IsUnlimited : IsSame(overdraft.Limit, balance.Overdraft.Limit)))
            && (request.Ceiling is not { } ceiling || (ceiling.IsNone
                ? balance.Ceiling is null : IsSame(ceiling.Limit, balance.Ceiling?.Limit)))
            && (request.Closed is null || request.Closed == account.Closed)
            && (request.Owners is null || request.Owners.SequenceEqual(account.Owners ?? []))
            && (request.Meta is null || SameMeta(request.Meta, account.Meta));
    }

    private bool IsSame(Money asked, Money? limit) => limit is { Asset: { } asset }
        && _state.Assets.Read("overdraft", asked, asset, allowZero: true).Minor
            == limit.Value.Units;

    private static bool SameMeta(
        IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string>? b) =>
        a.Count == (b?.Count ?? 0)
        && a.All(pair => b!.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
