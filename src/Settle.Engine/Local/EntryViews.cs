using System.Text.Json;
using Settle.Chain;

namespace Settle.Local;

/// <summary>Turns recorded entries into what the .NET interface shows.</summary>
internal static class EntryViews
{
    public static string Status(RefusalCode refusal) =>
        refusal == RefusalCode.None ? "successful" : "rejected";

    public static string? Reason(RefusalCode refusal) =>
        refusal == RefusalCode.None ? null : refusal.Text();

    /// <summary>Any entry that moves money between two accounts, or would have.</summary>
    public static Transfer Transfer(
        RequestBatch batch, in Request entry, Verdict verdict, string defaultAsset) => new()
    {
        Id = batch.Text(entry.Id),
        From = batch.Text(entry.From),
        To = batch.Text(entry.To),
        Amount = entry.Amount,
        Asset = Asset(batch, entry.Asset, defaultAsset),
        Status = Status(verdict.Refusal),
        Reason = Reason(verdict.Refusal),
        Timestamp = Text(batch, entry.Timestamp),
        Memo = Text(batch, entry.Memo),
        Meta = Meta(batch.Bytes(entry.Meta)),
        Hold = entry.Kind == EntryKind.Capture ? Text(batch, entry.Reference) : null,
        Reverts = entry.Kind == EntryKind.Revert ? Text(batch, entry.Reference) : null,
        Block = verdict.Block,
        Replayed = verdict.Replayed,
    };

    public static Transaction Transaction(RequestBatch batch, in Request entry, Verdict verdict,
        string defaultAsset) => new()
    {
        Id = batch.Text(entry.Id),
        Postings = Postings(batch, entry, defaultAsset),
        Status = Status(verdict.Refusal),
        Reason = Reason(verdict.Refusal),
        Timestamp = Text(batch, entry.Timestamp),
        Memo = Text(batch, entry.Memo),
        Meta = Meta(batch.Bytes(entry.Meta)),
        Reverts = entry.Kind == EntryKind.Revert ? Text(batch, entry.Reference) : null,
        Block = verdict.Block,
        Replayed = verdict.Replayed,
    };

    public static Hold Hold(
        RequestBatch batch, in Request entry, Verdict verdict, string defaultAsset,
        string? state) => new()
    {
        Id = batch.Text(entry.Id),
        From = batch.Text(entry.From),
        To = batch.Text(entry.To),
        Amount = entry.Amount,
        Asset = Asset(batch, entry.Asset, defaultAsset),
        Status = Status(verdict.Refusal),
        Reason = Reason(verdict.Refusal),
        State = verdict.IsSuccessful ? state : null,
        Expires = entry.ExpiresAt == 0 ? null : ChainTime.ToTime(entry.ExpiresAt),
        Timestamp = Text(batch, entry.Timestamp),
        Memo = Text(batch, entry.Memo),
        Meta = Meta(batch.Bytes(entry.Meta)),
        Block = verdict.Block,
        Replayed = verdict.Replayed,
    };

    public static IReadOnlyList<Posting> Postings(
        RequestBatch batch, in Request entry, string defaultAsset)
    {
        if (entry.ExtraCount == 0)
        {
            return entry.From.IsEmpty ? [] : [new Posting
            {
                From = batch.Text(entry.From),
                To = batch.Text(entry.To),
                Amount = entry.Amount,
                Asset = Asset(batch, entry.Asset, defaultAsset),
            }];
        }
        var postings = new List<Posting>(entry.ExtraCount);
        foreach (ref var posting in batch.Postings(entry))
        {
            postings.Add(new Posting
            {
                From = batch.Text(posting.From),
                To = batch.Text(posting.To),
                Amount = posting.Amount,
                Asset = Asset(batch, posting.Asset, defaultAsset),
            });
        }
        return postings;
    }

    public static IReadOnlyDictionary<string, string>? Meta(ReadOnlySpan<byte> json) =>
        json.IsEmpty
        ? null : JsonSerializer.Deserialize(json, JsonTexts.Default.DictionaryStringString);

    public static IReadOnlyList<string>? Owners(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? null : JsonSerializer.Deserialize(json, JsonTexts.Default.ListString);

    public static string Asset(RequestBatch batch, Slice asset, string defaultAsset) =>
        asset.IsEmpty ? defaultAsset : batch.Text(asset);

    private static string? Text(RequestBatch batch, Slice slice) =>
        slice.IsEmpty ? null : batch.Text(slice);
}
