using System.Runtime.CompilerServices;
using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Local;

/// <content>Everything that only reads. Answers are of what is durable.</content>
internal sealed partial class LocalLedger
{
    public Task<LedgerInfo> GetInfoAsync(CancellationToken cancellationToken = default) =>
        _reader.ReadAsync(InfoOf, cancellationToken);

    public async Task<Transfer?> GetTransferAsync(
        string id, CancellationToken cancellationToken = default)
    {
        var found = await _reader.RecallAsync(id, cancellationToken).ConfigureAwait(false)
            ?? await _reader.RecallElsewhereAsync(id, cancellationToken).ConfigureAwait(false);
        if (found is null || !EntryLists.IsTransfer(found.Entry)) return null;
        return await _entries.ToTransferAsync(found, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Hold?> GetHoldAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await _reader.RecallAsync(id, cancellationToken)
            .ConfigureAwait(false) is not { Entry.Kind: EntryKind.Hold } found)
            return await FindHoldElsewhereAsync(id, cancellationToken).ConfigureAwait(false);
        var (state, end) = await EndOfHoldAsync(id, cancellationToken).ConfigureAwait(false);
        var hold = EntryViews.Hold(found, _reader.Assets, state, end);
        return await _reader.FactsAsync(found, cancellationToken).ConfigureAwait(false)
            is { } facts ? hold with { Refusal = facts } : hold;
    }

    public async Task<ChainEntry?> GetEntryAsync(
        string id, CancellationToken cancellationToken = default)
    {
        if (await _reader.RecallAsync(id, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return await _reader.FindBlockElsewhereAsync(id, cancellationToken)
                .ConfigureAwait(false) is var (other, offset)
                ? BlockEntries.At(other, offset).ToChainEntry(other) : null;
        }
        var block = await _reader.Blocks.GetAsync(found.Height, cancellationToken)
            .ConfigureAwait(false);
        var entry = BlockEntries.At(block, found.Location.Offset).ToChainEntry(block);
        if (found.Entry.Refusal == RefusalCode.None) return entry;
        var facts = await _reader.FactsAsync(found, cancellationToken).ConfigureAwait(false);
        return entry with
        {
            Refusal = facts,
            Detail = RefusalWords.Of(
                found.Entry.Refusal, found.Batch, found.Entry, isNew: false)
                ?? facts?.Sentence(found.Entry.Refusal) ?? found.Entry.Refusal.Meaning(),
        };
    }

    public Task<Page<Transfer>> ListTransfersAsync(
        TransferQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _entries.ListTransfersAsync(query, cancellationToken);
    }

    public Task<Page<Hold>> ListHoldsAsync(
        HoldQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _holds.ListAsync(query, cancellationToken);
    }

    public Task<Page<AccountEntry>> ListEntriesAsync(string account, EntryQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _entries.ListEntriesAsync(account, query, cancellationToken);
    }

    public Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellationToken = default) =>
        _accounts.GetAsync(account, at, cancellationToken);

    public Task<Page<Account>> ListAccountsAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ListAccountsAsync(new AccountQuery
        {
            Limit = query.Limit, After = query.After,
        }, cancellationToken);
    }

    public Task<Page<Account>> ListAccountsAsync(
        AccountQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _accounts.ListAsync(query, cancellationToken);
    }

    public Task<AccountPoints?> GetPointsAsync(string account, PointQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new PointReader(_reader).ReadAsync(account, query, cancellationToken);
    }

    public Task<SearchResult> SearchAsync(SearchQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _search.FindAsync(query, cancellationToken);
    }

    public Task<Page<Balance>> ListBalancesAsync(
        BalanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _accounts.ListBalancesAsync(query, cancellationToken);
    }

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellationToken = default)
    {
        PageCursor.CheckLimit(limit);
        var blocks = await _reader.Blocks.ReadAsync(long.Max(1, fromHeight), limit,
            cancellationToken)
            .ConfigureAwait(false);
        return [.. blocks.Select(block => new Block(block.Header.Height, block.Body))];
    }

    public async IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await CheckPositionAsync(after, cancellationToken).ConfigureAwait(false);
        await foreach (var entry in _feed.FollowAsync(after, cancellationToken)
            .ConfigureAwait(false))
            yield return entry;
    }

    // The caller holds the state's lock.
    private LedgerInfo InfoOf() => new()
    {
        Name = Name,
        Site = HasSites ? _state.Site : null,
        Asset = _reader.DefaultAsset,
        Strict = _state.Book.DurableIsStrict,
        Assets = _state.Assets.All,
        Height = _state.Height,
        Hash = _state.Hash.ToString(),
        Accounts = _state.Book.DurableUsedAccountCount,
        Entries = _state.Book.DurableEntryCount,
        ClockCorrections = _state.Book.DurableClock.All is { Count: > 0 } all
            ? [.. all.Select(each => new ClockCorrection(
                each.Height, ChainTime.ToTime(each.Time)))] : null,
    };

    private async Task CheckPositionAsync(
        EntryPosition after, CancellationToken cancellationToken)
    {
        // Another server may have shown a block that this one has not read yet.
        if (after.Height > _state.Height)
            await _reader.RefreshAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (after.Height > _state.Height) throw PositionAheadException.Of(after, _state.Height);
        if (after.Height <= 0 || after.Index == int.MaxValue) return;
        var block = await _reader.Blocks.GetAsync(after.Height, cancellationToken)
            .ConfigureAwait(false);
        if (!BlockEntries.Of(block).Skip(after.Index).Any())
            throw PositionAheadException.Of(after, _state.Height);
    }

    // What has become of it is known here while it is open there, and once the founder has it.
    private async Task<Hold?> FindHoldElsewhereAsync(
        string id, CancellationToken cancellationToken)
    {
        if (await _reader.RecallElsewhereAsync(id, cancellationToken)
            .ConfigureAwait(false) is not { Entry.Kind: EntryKind.Hold } found)
            return null;
        var (isOpen, isMine) = await _reader.ReadAsync(() => (
            _state.Sites?.Chain(found.Site!) is { IsTaken: false } chain
                && chain.Book.DurableHold(id)?.ExpiresAt > _reader.Now,
            _state.Book.DurableHold(id) is not null), cancellationToken).ConfigureAwait(false);
        if (isOpen) return EntryViews.Hold(found, _reader.Assets, HoldState.Open);
        var (state, end) = await EndOfHoldAsync(id, cancellationToken).ConfigureAwait(false);
        return isMine || end is not null || found.Entry.Refusal != RefusalCode.None
            ? EntryViews.Hold(found, _reader.Assets, state, end) : null;
    }

    // A hold that is over was captured, voided or, when neither, has expired.
    private async Task<(HoldState State, RecalledEntry? End)> EndOfHoldAsync(
        string id, CancellationToken cancellationToken)
    {
        var open = await _reader.ReadAsync(() => _state.Book.DurableHold(id), cancellationToken)
            .ConfigureAwait(false);
        if (open is not null && open.ExpiresAt > _reader.Now) return (HoldState.Open, null);
        var resolution = await _reader.RecallAsync(KeyHash.Resolution, id, cancellationToken)
            .ConfigureAwait(false);
        return (resolution?.Entry.Kind switch
        {
            EntryKind.Capture => HoldState.Captured,
            EntryKind.Void => HoldState.Voided,
            _ => HoldState.Expired,
        }, resolution);
    }
}
