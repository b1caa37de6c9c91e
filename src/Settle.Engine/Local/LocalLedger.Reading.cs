using System.Runtime.CompilerServices;
using Settle.Reading;
using Settle.Views;

namespace Settle.Local;

/// <content>Everything that only reads. Answers are of what is durable.</content>
internal sealed partial class LocalLedger
{
    public Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default) =>
        _reader.ReadAsync(() => new LedgerInfo
        {
            Name = Name,
            Asset = _reader.DefaultAsset,
            Assets = _state.Assets.All,
            Height = _state.Height,
            Hash = _state.Hash.ToString(),
            Accounts = _state.Book.DurableUsedAccountCount,
            Entries = _state.Book.DurableEntryCount,
        }, cancellation);

    public async Task<Transfer?> GetTransferAsync(
        string id, CancellationToken cancellation = default)
    {
        var found = await _reader.RecallAsync(id, cancellation).ConfigureAwait(false);
        return found is not null && EntryLists.IsTransfer(found.Entry)
            ? EntryViews.Transfer(found, _reader.Assets) : null;
    }

    public async Task<Hold?> GetHoldAsync(string id, CancellationToken cancellation = default)
    {
        if (await _reader.RecallAsync(id, cancellation)
            .ConfigureAwait(false) is not { Entry.Kind: EntryKind.Hold } found)
            return null;
        return EntryViews.Hold(found, _reader.Assets,
            await HoldStateAsync(id, cancellation).ConfigureAwait(false));
    }

    public async Task<ChainEntry?> GetEntryAsync(
        string id, CancellationToken cancellation = default)
    {
        if (await _reader.RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found)
            return null;
        var block = await _reader.Blocks.GetAsync(found.Height, cancellation)
            .ConfigureAwait(false);
        return BlockEntries.At(block, found.Location.Offset).ToChainEntry(block);
    }

    public Task<Page<Transfer>> ListTransfersAsync(
        TransferQuery query, CancellationToken cancellation = default) =>
        _entries.ListTransfersAsync(query, cancellation);

    public Task<Page<AccountEntry>> ListEntriesAsync(string account, PageQuery query,
        CancellationToken cancellation = default) =>
        _entries.ListEntriesAsync(account, query, cancellation);

    public Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellation = default) =>
        _accounts.GetAsync(account, at, cancellation);

    public Task<Page<Account>> ListAccountsAsync(
        PageQuery query, CancellationToken cancellation = default) =>
        _accounts.ListAsync(query, cancellation);

    public Task<IReadOnlyList<Balance>> ListBalancesAsync(AsOf at = default,
        CancellationToken cancellation = default) =>
        _accounts.ListBalancesAsync(at, cancellation);

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellation = default)
    {
        PageCursor.CheckLimit(limit);
        var blocks = await _reader.Blocks.ReadAsync(long.Max(1, fromHeight), limit, cancellation)
            .ConfigureAwait(false);
        return [.. blocks.Select(block => new Block(block.Header.Height, block.Body))];
    }

    public async IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var height = long.Max(1, after.Height); ; height++)
        {
            await _state.WhenAbove(height - 1).WaitAsync(cancellation).ConfigureAwait(false);
            var block = await _reader.Blocks.GetAsync(height, cancellation).ConfigureAwait(false);
            foreach (var entry in BlockEntries.Of(block))
            {
                var shown = entry.ToChainEntry(block);
                if (shown.Position > after || after == default) yield return shown;
            }
        }
    }

    // A hold that is over was captured, voided or, when neither, has expired.
    private async Task<HoldState> HoldStateAsync(string id, CancellationToken cancellation)
    {
        var open = await _reader.ReadAsync(() => _state.Book.DurableHold(id), cancellation)
            .ConfigureAwait(false);
        if (open is not null && open.ExpiresAt > _reader.Now) return HoldState.Open;
        var resolution = await _reader.RecallAsync(KeyHash.Resolution, id, cancellation)
            .ConfigureAwait(false);
        return resolution?.Entry.Kind switch
        {
            EntryKind.Capture => HoldState.Captured,
            EntryKind.Void => HoldState.Voided,
            _ => HoldState.Expired,
        };
    }
}
