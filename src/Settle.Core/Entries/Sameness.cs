using Settle.Billing;

namespace Settle;

/// <summary>Whether a request repeats a recorded one: same id, same content (L5).</summary>
internal static class Sameness
{
    /// <summary>The name of the first field that differs; null when they are the same.</summary>
    public static string? DifferingField(RequestBatch batch, in Request request,
        RequestBatch recordedBatch, in Request recorded)
    {
        if (request.Kind != recorded.Kind) return "type";
        bool Differs(Slice a, Slice b) => !batch.Bytes(a).SequenceEqual(recordedBatch.Bytes(b));
        switch (request.Kind)
        {
            case EntryKind.Ledger:
            case EntryKind.Asset:
                return Differs(request.Asset, recorded.Asset) ? "asset"
                    : request.Scale != recorded.Scale ? "scale" : null;
            case EntryKind.Capture:
                if (Differs(request.Reference, recorded.Reference)) return "hold";
                return request.IsWhole != recorded.IsWhole
                    || (!request.IsWhole && request.Amount != recorded.Amount) ? "amount" : null;
            case EntryKind.Void:
                return Differs(request.Reference, recorded.Reference) ? "hold" : null;
            case EntryKind.Revert:
                return Differs(request.Reference, recorded.Reference) ? "reverts" : null;
            case EntryKind.Account:
                if (Differs(request.From, recorded.From)) return "account";
                if (Differs(request.Asset, recorded.Asset)) return "asset";
                return DifferingTerm(
                    batch, batch.Terms(request), recordedBatch, recordedBatch.Terms(recorded))
                    ?? (Differs(request.Meta, recorded.Meta) ? "meta" : null);
            case >= EntryKind.Seller:
                return BillingSameness.DifferingField(batch, request, recordedBatch, recorded);
            case EntryKind.Transaction:
                if (!SamePostings(batch, request, recordedBatch, recorded)) return "postings";
                break;
            default:
                if (Differs(request.From, recorded.From)) return "from";
                if (Differs(request.To, recorded.To)) return "to";
                if (request.Amount != recorded.Amount) return "amount";
                if (Differs(request.Asset, recorded.Asset)) return "asset";
                if (request.ExpiresIn != recorded.ExpiresIn) return "expires_in";
                if (Differs(request.Author, recorded.Author)) return "author";
                if (request.IsTeller != recorded.IsTeller) return "teller";
                break;
        }
        if (Differs(request.Timestamp, recorded.Timestamp)) return "timestamp";
        if (Differs(request.Memo, recorded.Memo)) return "memo";
        return Differs(request.Meta, recorded.Meta) ? "meta" : null;
    }

    private static string? DifferingTerm(RequestBatch batch, in AccountTerms terms,
        RequestBatch recordedBatch, in AccountTerms recorded)
    {
        if (terms.Overdraft != recorded.Overdraft) return "overdraft";
        if (terms.Ceiling != recorded.Ceiling) return "ceiling";
        if (terms.Closed != recorded.Closed) return "closed";
        return batch.Bytes(terms.Owners).SequenceEqual(recordedBatch.Bytes(recorded.Owners))
            ? null : "owners";
    }

    private static bool SamePostings(RequestBatch batch, in Request request,
        RequestBatch recordedBatch, in Request recorded)
    {
        var postings = batch.Postings(request);
        var others = recordedBatch.Postings(recorded);
        if (postings.Length != others.Length) return false;
        for (var i = 0; i < postings.Length; i++)
        {
            if (postings[i].Amount != others[i].Amount
                || !batch.Bytes(postings[i].From).SequenceEqual(recordedBatch.Bytes(others[i].From))
                || !batch.Bytes(postings[i].To).SequenceEqual(recordedBatch.Bytes(others[i].To))
                || !batch.Bytes(postings[i].Asset)
                    .SequenceEqual(recordedBatch.Bytes(others[i].Asset)))
            {
                return false;
            }
        }
        return true;
    }
}
