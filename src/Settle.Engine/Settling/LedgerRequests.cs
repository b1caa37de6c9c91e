using Settle.State;

namespace Settle.Settling;

/// <summary>Turns the requests of the .NET interface into the settling loop's, checked.</summary>
internal static class LedgerRequests
{
    /// <param name="batch">Where it goes.</param>
    /// <param name="transfer">The transfer.</param>
    /// <param name="id">Its id.</param>
    /// <param name="assets">The ledger's.</param>
    /// <param name="author">Who signed it; null for nobody.</param>
    /// <param name="isTeller">Whether the author may move anybody's money.</param>
    /// <param name="timestamp">When, as its author wrote it; null for the request's.</param>
    public static void Read(
        RequestBatch batch, TransferRequest transfer, string id, LedgerAssets assets,
        string? author = null, bool isTeller = false, string? timestamp = null)
    {
        ref var request = ref batch.Add(EntryKind.Transfer);
        request.Id = batch.Append("id", id);
        request.Author = batch.Append("author", author);
        request.IsTeller = isTeller;
        ReadMovement(batch, ref request, transfer.From, transfer.To, transfer.Amount,
            transfer.Asset, assets);
        ReadNotes(batch, ref request, transfer.Timestamp, transfer.Memo, transfer.Meta);
        if (timestamp is not null) request.Timestamp = batch.Append("timestamp", timestamp);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(
        RequestBatch batch, TransactionRequest transaction, string id, LedgerAssets assets)
    {
        ref var request = ref batch.Add(EntryKind.Transaction);
        request.Id = batch.Append("id", id);
        if (transaction.Postings is null)
            throw new InvalidRequestException("postings", "is missing");
        for (var i = 0; i < transaction.Postings.Count; i++)
        {
            var posting = transaction.Postings[i]
                ?? throw new InvalidRequestException($"postings[{i}]", "is missing");
            try
            {
                ref var part = ref batch.AddPosting(ref request);
                part.From = batch.Append("from", posting.From);
                part.To = batch.Append("to", posting.To);
                (part.Amount, var asset) = assets.Read("amount", posting.Amount, posting.Asset);
                part.Asset = batch.Append("asset", asset);
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"postings[{i}]");
            }
        }
        ReadNotes(batch, ref request, transaction.Timestamp, transaction.Memo, transaction.Meta);
        RequestRules.Check(batch, ref request);
    }

    public static void ReadAsset(RequestBatch batch, string asset, int scale, string id)
    {
        ref var request = ref batch.Add(EntryKind.Asset);
        request.Id = batch.Append("id", id);
        request.Asset = batch.Append("asset", asset);
        request.Scale = scale;
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, HoldRequest hold, string id, LedgerAssets assets)
    {
        ref var request = ref batch.Add(EntryKind.Hold);
        request.Id = batch.Append("id", id);
        ReadMovement(batch, ref request, hold.From, hold.To, hold.Amount, hold.Asset, assets);
        request.ExpiresIn = hold.ExpiresIn is { } time ? HoldRequest.SecondsOf(time) : 0;
        ReadNotes(batch, ref request, hold.Timestamp, hold.Memo, hold.Meta);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, CaptureRequest capture, string id, long? minor)
    {
        ref var request = ref batch.Add(EntryKind.Capture);
        request.Id = batch.Append("id", id);
        request.Reference = batch.Append("hold", capture.Hold);
        request.IsWhole = minor is null;
        request.Amount = minor ?? 0;
        ReadNotes(batch, ref request, capture.Timestamp, capture.Memo, null);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, VoidRequest end, string id)
    {
        ref var request = ref batch.Add(EntryKind.Void);
        request.Id = batch.Append("id", id);
        request.Reference = batch.Append("hold", end.Hold);
        ReadNotes(batch, ref request, end.Timestamp, end.Memo, null);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, RevertRequest revert, string id, long? minor)
    {
        ref var request = ref batch.Add(EntryKind.Revert);
        request.Id = batch.Append("id", id);
        request.Reference = batch.Append("reverts", revert.Reverts);
        request.IsPart = minor is not null;
        request.Amount = minor ?? 0;
        ReadNotes(batch, ref request, revert.Timestamp, revert.Memo, null);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(
        RequestBatch batch, AccountRequest account, string id, LedgerAssets assets)
    {
        ref var request = ref batch.Add(EntryKind.Account);
        request.Id = batch.Append("id", id);
        request.From = batch.Append("account", account.Account);
        request.Meta = MetaWriter.Append(batch, account.Meta);
        ref var terms = ref batch.AddTerms(ref request);
        var asset = account.Asset;
        if (account.Overdraft is { } overdraft)
            terms.Overdraft = overdraft.IsUnlimited ? AccountTerms.Unlimited
                : ReadLimit("overdraft", overdraft.Limit, ref asset, assets);
        if (account.Ceiling is { } ceiling)
            terms.Ceiling = ceiling.IsNone ? AccountTerms.Unlimited
                : ReadLimit("ceiling", ceiling.Limit, ref asset, assets);
        request.Asset = batch.Append("asset", asset);
        terms.Closed = account.Closed;
        terms.Owners = MetaWriter.AppendOwners(batch, account.Owners);
        RequestRules.Check(batch, ref request);
    }

    private static long ReadLimit(string field, Money limit, ref string? asset, LedgerAssets assets)
    {
        (var minor, asset) = assets.Read(field, limit, asset, allowZero: true);
        return minor;
    }

    private static void ReadMovement(RequestBatch batch,
        ref Request request, string from, string to, Money amount, string? asset,
        LedgerAssets assets)
    {
        request.From = batch.Append("from", from);
        request.To = batch.Append("to", to);
        (request.Amount, asset) = assets.Read("amount", amount, asset);
        if (asset is not null) request.Asset = batch.Append("asset", asset);
    }

    private static void ReadNotes(RequestBatch batch, ref Request request,
        DateTimeOffset? timestamp, string? memo, IReadOnlyDictionary<string, string>? meta)
    {
        if (timestamp is { } time)
            request.Timestamp = batch.Append("timestamp", Texts.Timestamp(time));
        if (memo is not null) request.Memo = batch.Append("memo", memo);
        if (meta is not null) request.Meta = MetaWriter.Append(batch, meta);
    }
}
