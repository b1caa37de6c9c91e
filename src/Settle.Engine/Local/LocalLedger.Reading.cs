using System.Runtime.CompilerServices;
using Settle.Chain;
using Settle.Index;

namespace Settle.Local;

/// <content>Everything that only reads. Answers are of what is durable.</content>
internal sealed partial class LocalLedger
{
    private const string AssetIfUnset = "USD";
    private const int ScaleIfUnset = 2;

    private AccountOrder? _accountOrder;

    // Once set it never changes, so nobody has to wait for the state to read it again.
    private string? _defaultAsset;

    private string DefaultAsset
    {
        get
        {
            if (_defaultAsset is { } known) return known;
            lock (_state.Lock)
            {
                if (_state.Book.DurableAssetCount == 0) return AssetIfUnset;
                return _defaultAsset = _state.Book.Assets[0].Code;
            }
        }
    }

    public Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default) =>
        ReadAsync(() =>
    {
        var book = _state.Book;
        return new LedgerInfo
        {
            Name = Name,
            Asset = DefaultAsset,
            Assets = [.. Enumerable.Range(0, book.DurableAssetCount)
                .Select(
                    number => new AssetInfo(book.Assets[number].Code, book.Assets[number].Scale))],
            Height = _state.Height,
            Hash = _state.Hash.ToString(),
            Accounts = CountAccounts(book),
            Entries = book.DurableEntryCount,
        };
    }, cancellation);

    public async Task<Transfer?> GetTransferAsync(
        string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found) return null;
        return IsTransfer(found.Entry) ? ToTransfer(found) : null;
    }

    public async Task<Hold?> GetHoldAsync(string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation)
            .ConfigureAwait(false) is not { Entry.Kind: EntryKind.Hold } found)
            return null;
        var state = await HoldStateAsync(id, found, cancellation).ConfigureAwait(false);
        return EntryViews.Hold(found.Batch, found.Entry,
            new Verdict(found.Entry.Refusal, found.Height, false), DefaultAsset, state);
    }

    public async Task<ChainEntry?> GetEntryAsync(
        string id, CancellationToken cancellation = default)
    {
        if (await RecallAsync(id, cancellation).ConfigureAwait(false) is not { } found) return null;
        var block = await _blocks.GetAsync(found.Height, cancellation).ConfigureAwait(false);
        return BlockEntries.Of(block).First(entry => entry.Offset == found.Location.Offset)
            .ToChainEntry(block);
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

    /// <summary>
    /// The height of the newest block that is not younger than a time; 0 for none.
    /// </summary>
    private async ValueTask<long> HeightAtAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        var microseconds = ChainTime.From(time);
        long low = 0, high = _state.Height;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var block = await _blocks.GetAsync(middle, cancellation).ConfigureAwait(false);
            if (block.Header.Time <= microseconds) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private async ValueTask<long> HeightOfAsync(AsOf at, CancellationToken cancellation)
    {
        if (at.Time is { } time)
            return await HeightAtAsync(time, cancellation).ConfigureAwait(false);
        if (at.Height is < 0) throw new InvalidRequestException("at", "a height is 0 or more");
        return at.Height ?? _state.Height;
    }

    private Task<RecalledEntry?> RecallAsync(string id, CancellationToken cancellation) =>
        RecallAsync(0, id, cancellation);

    private async Task<RecalledEntry?> RecallAsync(
        ulong mark, string id, CancellationToken cancellation)
    {
        var hash = KeyHash.Of(System.Text.Encoding.UTF8.GetBytes(id), mark);
        while (true)
        {
            if (_state.IsHealing)
                await _settler.RefreshAsync().WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await Settling.History.FindDurableAsync(
                    _state, _blocks, hash, mark, id, cancellation)
                    .ConfigureAwait(false);
            }
            catch (IndexDamagedException)
            {
                await _settler.HealAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the state under its lock; damage to the index is healed first.</summary>
    private async Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_state.IsHealing)
                await _settler.RefreshAsync().WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                lock (_state.Lock) return read();
            }
            catch (IndexDamagedException)
            {
                await _settler.HealAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> HoldStateAsync(
        string id, RecalledEntry found, CancellationToken cancellation)
    {
        var now = ChainTime.From(_options.Clock.GetUtcNow());
        OpenHold? open;
        lock (_state.Lock) open = _state.Book.DurableHold(id);
        if (open is not null && open.ExpiresAt > now) return "open";
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

    private Transfer ToTransfer(RecalledEntry found) =>
        EntryViews.Transfer(found.Batch, found.Entry,
        new Verdict(found.Entry.Refusal, found.Height, false), DefaultAsset);

    private AssetInfo? FindAsset(string code)
    {
        lock (_state.Lock)
        {
            var number = _state.Book.Assets.Find(System.Text.Encoding.UTF8.GetBytes(code));
            return number < 0 || number >= _state.Book.DurableAssetCount
                ? null
                : new AssetInfo(code, _state.Book.Assets[number].Scale);
        }
    }

    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    private int ScaleOf(string? asset)
    {
        if (asset is null)
        {
            lock (_state.Lock)
                return _state.Book.DurableAssetCount > 0
                    ? _state.Book.Assets[0].Scale : ScaleIfUnset;
        }
        if (FindAsset(asset) is { } known) return known.Scale;
        return Iso4217.TryGetScale(asset, out var scale)
            ? scale
            : throw new InvalidRequestException(
                "asset", $"'{asset}' is neither in ISO 4217 nor declared here");
    }

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > 1000) throw new InvalidRequestException("limit", "must be 1 to 1000");
    }
}
