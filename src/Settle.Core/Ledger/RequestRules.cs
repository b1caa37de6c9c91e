using Settle.Billing;

namespace Settle;

/// <summary>
/// What a request must look like before it may reach the ledger. What is refused here changes
/// nothing and uses up no id.
/// </summary>
internal static class RequestRules
{
    private const long ExpiresInMax = Limits.HoldDaysMax * 86_400L;

    /// <summary>Checks a request of any kind and hashes its id.</summary>
    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Check(RequestBatch batch, ref Request request)
    {
        var id = batch.Bytes(request.Id);
        Texts.CheckName("id", id, Limits.IdBytesMax);
        request.IdHash = KeyHash.Of(id);
        switch (request.Kind)
        {
            case EntryKind.Transfer:
                CheckMovement(batch, "", request.From, request.To, request.Amount, request.Asset);
                request.FromHash = KeyHash.Of(batch.Bytes(request.From));
                request.ToHash = KeyHash.Of(batch.Bytes(request.To));
                if (!request.Author.IsEmpty)
                {
                    Texts.CheckName(
                        "author", batch.Bytes(request.Author), Limits.AccountBytesMax);
                }
                CheckNotes(batch, request);
                break;
            case EntryKind.Hold:
                CheckMovement(batch, "", request.From, request.To, request.Amount, request.Asset);
                CheckExpiry(request);
                CheckNotes(batch, request);
                break;
            case EntryKind.Transaction:
                CheckPostings(batch, request);
                CheckNotes(batch, request);
                break;
            case EntryKind.Capture:
                Texts.CheckName("hold", batch.Bytes(request.Reference), Limits.IdBytesMax);
                if (!request.IsWhole) CheckAmount("amount", request.Amount);
                break;
            case EntryKind.Void:
                Texts.CheckName("hold", batch.Bytes(request.Reference), Limits.IdBytesMax);
                break;
            case EntryKind.Revert:
                Texts.CheckName("reverts", batch.Bytes(request.Reference), Limits.IdBytesMax);
                break;
            case EntryKind.Account:
                CheckAccount(batch, request);
                break;
            case EntryKind.Ledger:
            case EntryKind.Asset:
                Texts.CheckAsset("asset", batch.Bytes(request.Asset));
                if (request.Scale > Limits.ScaleMax)
                    throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
                break;
            case >= EntryKind.Seller:
                BillingRules.Check(batch, request);
                break;
            default:
                throw new Chain.BrokenInvariantException($"no request is a {request.Kind}");
        }
    }

    private static void CheckMovement(RequestBatch batch, string prefix, Slice from, Slice to,
        long amount, Slice asset)
    {
        var payer = batch.Bytes(from);
        var receiver = batch.Bytes(to);
        if (!IsPlainName(payer)) Texts.CheckName(prefix + "from", payer, Limits.AccountBytesMax);
        if (!IsPlainName(receiver))
            Texts.CheckName(prefix + "to", receiver, Limits.AccountBytesMax);
        if (payer.SequenceEqual(receiver))
            throw new InvalidRequestException(prefix + "to", "must be another account than 'from'");
        if (amount is <= 0 or > Limits.AmountMax) CheckAmount(prefix + "amount", amount);
        if (!asset.IsEmpty) Texts.CheckAsset(prefix + "asset", batch.Bytes(asset));
    }

    private static bool IsPlainName(ReadOnlySpan<byte> name) =>
        name.Length is >= 1 and <= Limits.AccountBytesMax
        && !name.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);

    private static void CheckPostings(RequestBatch batch, in Request request)
    {
        if (request.ExtraCount is 0 or > Limits.PostingsMax)
            throw new InvalidRequestException("postings", $"must be 1 to {Limits.PostingsMax}");
        var index = 0;
        foreach (ref var posting in batch.Postings(request))
        {
            CheckMovement(batch, $"postings[{index++}].", posting.From, posting.To, posting.Amount,
                posting.Asset);
        }
    }

    private static void CheckAccount(RequestBatch batch, in Request request)
    {
        Texts.CheckName("account", batch.Bytes(request.From), Limits.AccountBytesMax);
        if (!request.Asset.IsEmpty) Texts.CheckAsset("asset", batch.Bytes(request.Asset));
    }

    private static void CheckExpiry(in Request request)
    {
        if (request.Kind == EntryKind.Hold && request.ExpiresIn is < 0 or > ExpiresInMax)
        {
            throw new InvalidRequestException("expires_in",
                $"must be 1 second to {Limits.HoldDaysMax} days, in seconds");
        }
    }

    private static void CheckAmount(string field, long amount)
    {
        if (amount <= 0) throw Amounts.NotPositive(field);
        if (amount > Limits.AmountMax) throw Amounts.TooLarge(field);
    }

    private static void CheckNotes(RequestBatch batch, in Request request)
    {
        if (!request.Memo.IsEmpty)
            Texts.CheckText("memo", batch.Bytes(request.Memo), Limits.MemoBytesMax);
        if (!request.Timestamp.IsEmpty)
            Texts.CheckTimestamp("timestamp", batch.Bytes(request.Timestamp));
    }
}
