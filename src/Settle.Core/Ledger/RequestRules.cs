using Settle.Billing;

namespace Settle;

/// <summary>
/// What a request must look like before it may reach the ledger. What is refused here changes
/// nothing and uses up no id.
/// </summary>
internal static class RequestRules
{
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
                TransferKind.Check(batch, ref request);
                break;
            case EntryKind.Hold:
                HoldKind.Check(batch, request);
                break;
            case EntryKind.Transaction:
                TransactionKind.Check(batch, request);
                break;
            case EntryKind.Capture or EntryKind.Void:
                ResolutionKind.Check(batch, request);
                break;
            case EntryKind.Revert:
                RevertKind.Check(batch, request);
                break;
            case EntryKind.Account:
                AccountKind.Check(batch, request);
                break;
            case EntryKind.Ledger or EntryKind.Asset:
                AssetKind.Check(batch, request);
                break;
            case EntryKind.Site:
                SiteKind.Check(batch, request);
                break;
            case EntryKind.Suspend or EntryKind.End:
                SuspendKind.Check(batch, request);
                break;
            case EntryKind.Retire:
                break;
            default:
                BillingKind.Check(batch, ref request);
                break;
        }
    }
}
