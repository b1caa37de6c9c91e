using Settle.State;
using Settle.Wire;

namespace Settle.Views;

/// <summary>Makes public records of decided entries, for answers and for reads.</summary>
internal static class EntryViews
{
    public static EntryStatus Status(RefusalCode refusal) =>
        refusal == RefusalCode.None ? EntryStatus.Successful : EntryStatus.Rejected;

    public static RefusalCode? Reason(RefusalCode refusal) =>
        refusal == RefusalCode.None ? null : refusal;

    /// <summary>Any entry that moves money between two accounts, or would have.</summary>
    public static Transfer Transfer(RecalledEntry found, LedgerAssets assets,
        bool replayed = false, IReadOnlyList<string>? newAccounts = null)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        return new Transfer
        {
            Id = batch.Text(entry.Id),
            From = batch.Text(entry.From),
            To = batch.Text(entry.To),
            Amount = assets.Of(entry.Amount, batch, entry.Asset),
            Status = Status(entry.Refusal),
            Reason = Reason(entry.Refusal),
            Timestamp = Timestamp(batch, entry),
            Memo = Text(batch, entry.Memo),
            Meta = Meta(batch.Bytes(entry.Meta)),
            Hold = entry.Kind == EntryKind.Capture ? Text(batch, entry.Reference) : null,
            Reverts = entry.Kind == EntryKind.Revert ? Text(batch, entry.Reference) : null,
            NewAccounts = newAccounts,
            Block = found.Height,
            Replayed = replayed,
        };
    }

    public static Transaction Transaction(RecalledEntry found, LedgerAssets assets,
        bool replayed, IReadOnlyList<string>? newAccounts = null)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        return new Transaction
        {
            Id = batch.Text(entry.Id),
            Postings = Postings(batch, entry, assets),
            Status = Status(entry.Refusal),
            Reason = Reason(entry.Refusal),
            Timestamp = Timestamp(batch, entry),
            Memo = Text(batch, entry.Memo),
            Meta = Meta(batch.Bytes(entry.Meta)),
            Reverts = entry.Kind == EntryKind.Revert ? Text(batch, entry.Reference) : null,
            NewAccounts = newAccounts,
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <param name="found">The hold's entry.</param>
    /// <param name="assets">The ledger's.</param>
    /// <param name="state">What has become of it; ignored where it was refused.</param>
    /// <param name="end">What captured or voided it; null for nothing.</param>
    /// <param name="replayed">Whether it had been decided before.</param>
    /// <param name="newAccounts">The accounts that exist since.</param>
    public static Hold Hold(RecalledEntry found, LedgerAssets assets, HoldState state,
        RecalledEntry? end = null, bool replayed = false,
        IReadOnlyList<string>? newAccounts = null)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        return new Hold
        {
            Id = batch.Text(entry.Id),
            From = batch.Text(entry.From),
            To = batch.Text(entry.To),
            Amount = assets.Of(entry.Amount, batch, entry.Asset),
            Status = Status(entry.Refusal),
            Reason = Reason(entry.Refusal),
            State = entry.Refusal == RefusalCode.None ? state : null,
            Captured = end is { Entry.Kind: EntryKind.Capture }
                ? assets.Of(end.Entry.Amount, batch, entry.Asset) : null,
            EndedBy = end?.Batch.Text(end.Entry.Id),
            EndMemo = end is null ? null : Text(end.Batch, end.Entry.Memo),
            Expires = entry.ExpiresAt == 0 ? null : ChainTime.ToTime(entry.ExpiresAt),
            Timestamp = Timestamp(batch, entry),
            Memo = Text(batch, entry.Memo),
            Meta = Meta(batch.Bytes(entry.Meta)),
            NewAccounts = newAccounts,
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <summary>What was short, in words.</summary>
    public static Shortfall Shortfall(Book book, Shortage shortage)
    {
        var asset = book.Assets[shortage.Asset];
        return new Shortfall
        {
            Account = book.AccountName(shortage.Account),
            Spendable = asset.Of(shortage.Spendable),
            Needed = asset.Of(shortage.Needed),
            Exists = shortage.Exists,
        };
    }

    /// <summary>How much too much a refused revert would have reverted.</summary>
    public static RevertExcess Excess(long asked, RecalledEntry original, RecalledEntry? newest,
        LedgerAssets assets) => new(
            assets.Of(RevertKind.Left(original, newest), original.Batch, original.Entry.Asset),
            assets.Of(asked, original.Batch, original.Entry.Asset));

    /// <summary>The account that a refusal is about.</summary>
    public static RefusedAccount RefusedAccount(Book book, Obstacle obstacle) => new()
    {
        Account = book.AccountName(obstacle.Account),
        Room = obstacle.Room is { } room ? book.Assets[obstacle.Asset].Of(room) : null,
    };

    public static IReadOnlyList<Posting> Postings(
        RequestBatch batch, in Request entry, LedgerAssets assets)
    {
        if (entry.ExtraCount == 0)
        {
            return entry.From.IsEmpty ? [] : [new Posting
            {
                From = batch.Text(entry.From),
                To = batch.Text(entry.To),
                Amount = assets.Of(entry.Amount, batch, entry.Asset),
            }];
        }
        var postings = new List<Posting>(entry.ExtraCount);
        foreach (ref var posting in batch.Postings(entry))
        {
            postings.Add(new Posting
            {
                From = batch.Text(posting.From),
                To = batch.Text(posting.To),
                Amount = assets.Of(posting.Amount, batch, posting.Asset),
            });
        }
        return postings;
    }

    public static IReadOnlyDictionary<string, string>? Meta(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? null
        : JsonSerializer.Deserialize(json, WireJson.Compact.IReadOnlyDictionaryStringString);

    public static IReadOnlyList<string>? Owners(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? null
        : JsonSerializer.Deserialize(json, WireJson.Compact.IReadOnlyListString);

    public static string Asset(RequestBatch batch, Slice asset, string defaultAsset) =>
        asset.IsEmpty ? defaultAsset : batch.Text(asset);

    public static DateTimeOffset? Timestamp(RequestBatch batch, in Request entry) =>
        entry.Timestamp.IsEmpty ? null : Texts.TimestampOf(batch.Bytes(entry.Timestamp));

    public static string? Text(RequestBatch batch, Slice slice) =>
        slice.IsEmpty ? null : batch.Text(slice);
}
