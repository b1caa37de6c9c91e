namespace Settle.Settling;

/// <summary>Turns the requests of the .NET interface into the settling loop's, checked.</summary>
internal static class LedgerRequests
{
    public static void Read(RequestBatch batch, TransferRequest transfer, string id) =>
        Read(batch, transfer, id, author: null, isTeller: false);

    /// <summary>The same of a transfer that somebody signed.</summary>
    public static void Read(RequestBatch batch, TransferRequest transfer, string id,
        string? author, bool isTeller)
    {
        ref var request = ref batch.Add(EntryKind.Transfer);
        request.Id = batch.Append("id", id);
        request.Author = batch.Append("author", author);
        request.IsTeller = isTeller;
        ReadMovement(
            batch, ref request, transfer.From, transfer.To, transfer.Amount, transfer.Asset);
        ReadNotes(batch, ref request, transfer.Timestamp, transfer.Memo, transfer.Meta);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, TransactionRequest transaction, string id)
    {
        ref var request = ref batch.Add(EntryKind.Transaction);
        request.Id = batch.Append("id", id);
        if (transaction.Postings is null)
            throw new InvalidRequestException("postings", "is missing");
        foreach (var posting in transaction.Postings)
        {
            ref var part = ref batch.AddPosting(ref request);
            part.From = batch.Append("postings.from", posting.From);
            part.To = batch.Append("postings.to", posting.To);
            part.Asset = batch.Append("postings.asset", posting.Asset);
            part.Amount = posting.Amount;
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

    public static void Read(RequestBatch batch, HoldRequest hold, string id)
    {
        ref var request = ref batch.Add(EntryKind.Hold);
        request.Id = batch.Append("id", id);
        ReadMovement(batch, ref request, hold.From, hold.To, hold.Amount, hold.Asset);
        if (hold.ExpiresIn is <= 0)
            throw new InvalidRequestException("expires_in", "must be at least 1 second");
        request.ExpiresIn = hold.ExpiresIn ?? 0;
        ReadNotes(batch, ref request, hold.Timestamp, hold.Memo, hold.Meta);
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, CaptureRequest capture, string id)
    {
        ref var request = ref batch.Add(EntryKind.Capture);
        request.Id = batch.Append("id", id);
        request.Reference = batch.Append("hold", capture.Hold);
        request.IsWhole = capture.Amount is null;
        request.Amount = capture.Amount ?? 0;
        RequestRules.Check(batch, ref request);
    }

    public static void Read(RequestBatch batch, VoidRequest request, string id) =>
        ReadReference(batch, EntryKind.Void, "hold", request.Hold, id);

    public static void Read(RequestBatch batch, RevertRequest request, string id) =>
        ReadReference(batch, EntryKind.Revert, "reverts", request.Reverts, id);

    public static void Read(RequestBatch batch, AccountRequest account, string id)
    {
        ref var request = ref batch.Add(EntryKind.Account);
        request.Id = batch.Append("id", id);
        request.From = batch.Append("account", account.Account);
        request.Asset = batch.Append("asset", account.Asset);
        request.Meta = MetaWriter.Append(batch, account.Meta);
        ref var terms = ref batch.AddTerms(ref request);
        if (account.Overdraft is { } overdraft)
            terms.Overdraft = overdraft.IsUnlimited ? AccountTerms.Unlimited : overdraft.Minor;
        if (account.Ceiling is { } ceiling)
            terms.Ceiling = ceiling.IsNone ? AccountTerms.Unlimited : ceiling.Minor;
        terms.Closed = account.Closed;
        terms.Owners = MetaWriter.AppendOwners(batch, account.Owners);
        RequestRules.Check(batch, ref request);
    }

    private static void ReadReference(
        RequestBatch batch, EntryKind kind, string field, string reference, string id)
    {
        ref var request = ref batch.Add(kind);
        request.Id = batch.Append("id", id);
        request.Reference = batch.Append(field, reference);
        RequestRules.Check(batch, ref request);
    }

    private static void ReadMovement(RequestBatch batch, ref Request request,
        string from, string to, long amount, string? asset)
    {
        request.From = batch.Append("from", from);
        request.To = batch.Append("to", to);
        request.Amount = amount;
        if (asset is not null) request.Asset = batch.Append("asset", asset);
    }

    private static void ReadNotes(RequestBatch batch, ref Request request,
        string? timestamp, string? memo, IReadOnlyDictionary<string, string>? meta)
    {
        if (timestamp is not null) request.Timestamp = batch.Append("timestamp", timestamp);
        if (memo is not null) request.Memo = batch.Append("memo", memo);
        if (meta is not null) request.Meta = MetaWriter.Append(batch, meta);
    }
}
