using System.Runtime.CompilerServices;
using Settle.Index;
using Settle.Views;

namespace Settle.Local;

/// <content>Everything that only reads. Answers are of what is durable.</content>
internal sealed partial class LocalLedger
{
    private AccountOrder? _accountOrder;

    public Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default) =>
        ReadAsync(() =>
    {
        var book = _state.Book;
        return new LedgerInfo
        {
            Name = Name,
            Asset = book.DurableAssetCount > 0 ? book.Assets[0].Code : AssetIfUnset,
            Assets = [.. Enumerable.Range(0, book.DurableAssetCount).Select(InfoOf)],
            Height = _state.Height,
            Hash = _state.Hash.ToString(),
            Accounts = book.DurableUsedAccountCount,
            Entries = book.DurableEntryCount,
        };
    }, cancellation);

    public async Task<Transfer?> GetTransferAsync(
        string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found) return null;
        return IsTransfer(found.Entry)
            ? EntryViews.Transfer(found, DefaultAsset) : null;
    }

    public async Task<Hold?> GetHoldAsync(string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation)
            .ConfigureAwait(false) is not { Entry.Kind: EntryKind.Hold } found)
            return null;
        return EntryViews.Hold(found, DefaultAsset,
            await HoldStateAsync(found, cancellation).ConfigureAwait(false));
    }

    public async Task<ChainEntry?> GetEntryAsync(
        string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found) return null;
        var block = await _blocks.GetAsync(found.Height, cancellation).ConfigureAwait(false);
        return BlockEntries.At(block, found.Location.Offset).ToChainEntry(block);
    }

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        var blocks = await _blocks.ReadAsync(long.Max(1, fromHeight), limit, cancellation)
            .ConfigureAwait(false);
        return [.. blocks.Select(block => new Block(block.Header.Height, block.Body))];
    }

    public async IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var height = long.Max(1, after.Height); ; height++)
        {
            await _state.WhenAbove(height - 1).WaitAsync(cancellation).ConfigureAwait(false);
            var block = await _blocks.GetAsync(height, cancellation).ConfigureAwait(false);
            foreach (var entry in BlockEntries.Of(block))
            {
                var shown = entry.ToChainEntry(block);
                if (shown.Position > after || after == default) yield return shown;
            }
        }
    }

    private Task<long> HeightAsync(CancellationToken cancellation) =>
        ReadAsync(() => _state.Height, cancellation);

    internal Task<RecalledEntry?> RecallAsync(string id, CancellationToken cancellation) =>
        RecallAsync(0, id, cancellation);

    internal async Task<RecalledEntry?> RecallAsync(
        ulong mark, string id, CancellationToken cancellation)
    {
        var hash = KeyHash.Of(System.Text.Encoding.UTF8.GetBytes(id), mark);
        var candidates = await ReadAsync(
            () => _state.Index.FindIds(hash, _state.Height), cancellation).ConfigureAwait(false);
        return await Settling.History.FindAmongAsync(_blocks, candidates, mark, id, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the state under its lock. While it is being made anew it is not whole, so that is
    /// waited for; damage to the index is healed first.
    /// </summary>
    internal async Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                lock (_state.Lock)
                    if (!_state.IsHealing) return read();
                await _settler.RefreshAsync().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (IndexDamagedException)
            {
                await _settler.HealAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> HoldStateAsync(
        RecalledEntry found, CancellationToken cancellation)
    {
        var id = found.Batch.Text(found.Entry.Id);
        var open = await ReadAsync(() => _state.Book.DurableHold(id), cancellation)
            .ConfigureAwait(false);
        if (open is not null && open.ExpiresAt > Now) return "open";
        var resolution = await RecallAsync(KeyHash.Resolution, id, cancellation)
            .ConfigureAwait(false);
        return resolution?.Entry.Kind switch
        {
            EntryKind.Capture => "captured",
            EntryKind.Void => "voided",
            _ => "expired",
        };
    }

    // What moves money between exactly two accounts, or would have.
    private static bool IsTransfer(in Request entry) =>
        entry.ExtraCount == 0
        && entry.Kind is EntryKind.Transfer or EntryKind.Capture or EntryKind.Revert
        && !entry.From.IsEmpty;

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > Pages.LimitMax)
            throw Parse.NotInRange("limit", $"{limit}", 1, Pages.LimitMax);
    }
}
