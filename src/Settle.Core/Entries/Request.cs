namespace Settle;

/// <summary>
/// A request of any kind, as slices of its batch's bytes: deciding one allocates nothing. A decided
/// entry is a request too, with what the decision resolved filled in.
/// </summary>
internal struct Request
{
    public EntryKind Kind;

    /// <summary>
    /// Capture, credit note and charge-back: the amount was left out, so all is captured, credited
    /// or taken back.
    /// </summary>
    public bool IsWhole;

    /// <summary>Transfer by a document: its author has the teller's role.</summary>
    public bool IsTeller;

    /// <summary>Revert: an amount was asked for, so that more of it can follow.</summary>
    public bool IsPart;

    /// <summary>Ledger: whether it says if accounts must be opened first, and what.</summary>
    public bool HasStrict;
    public bool IsStrict;

    /// <summary>
    /// The first version of blocks whose rules give this verdict, where older rules give another;
    /// 0 for all. Set by the decision.
    /// </summary>
    public byte Rules;

    /// <summary>Why not; set by the decision.</summary>
    public RefusalCode Refusal;

    /// <summary>The hash of the id; see <see cref="KeyHash"/>.</summary>
    public ulong IdHash;

    /// <summary>
    /// The hashes of From and To in a transfer, made where the request is read; 0 for not made.
    /// </summary>
    public ulong FromHash;
    public ulong ToHash;

    /// <summary>Where the id was decided before; default when it was not.</summary>
    public EntryLocation Prior;

    public Slice Id;

    /// <summary>
    /// The paying account; in a payment, empty for <c>@world</c>; in an account request, that one.
    /// </summary>
    public Slice From;
    public Slice To;

    /// <summary>The asset's code; empty for the default asset.</summary>
    public Slice Asset;

    /// <summary>What <see cref="Asset"/> was before the book left the default one out.</summary>
    public Slice AssetGiven;
    public Slice Memo;

    /// <summary>Canonical JSON object of strings.</summary>
    public Slice Meta;
    public Slice Timestamp;

    /// <summary>
    /// The id of the hold, of what is reverted, of the payment that is given or taken back,
    /// or of the charge that is withdrawn; the number of the invoice credited or paid.
    /// </summary>
    public Slice Reference;

    /// <summary>
    /// Transfer by a document: the user who signed it. Empty: whoever asks may spend.
    /// </summary>
    public Slice Author;

    /// <summary>Minor units.</summary>
    public long Amount;

    /// <summary>
    /// Capture of a part: what the hold had reserved, minor units; set by the decision.
    /// </summary>
    public long Held;

    /// <summary>
    /// Revert of a part, or after one: how much of the original is reverted with it, minor units;
    /// set by the decision.
    /// </summary>
    public long Reverted;

    /// <summary>Hold: seconds until it expires, 0 for never.</summary>
    public long ExpiresIn;

    /// <summary>
    /// Hold: when it expires, microseconds since 1970, 0 for never; set by the decision. In what
    /// resolves a hold, when that would have been.
    /// </summary>
    public long ExpiresAt;

    /// <summary>
    /// The numbers of the positions of From and To in the asset; set by the book.
    /// </summary>
    public int FromPosition;
    public int ToPosition;

    /// <summary>The first of <see cref="ExtraCount"/> postings, or the account's terms.</summary>
    public int ExtraStart;
    public int ExtraCount;

    /// <summary>Where an entry of billing has its terms in the batch.</summary>
    public int Billing;

    /// <summary>Ledger and asset: the number of decimals.</summary>
    public int Scale;

    /// <summary>
    /// Takes back what a decision filled in, so that it can be decided again; perhaps by a chain on
    /// which another writer has set another default asset.
    /// </summary>
    public void Reset(RequestBatch batch)
    {
        (Refusal, Rules, Prior) = (RefusalCode.None, 0, default);
        if (!AssetGiven.IsEmpty) (Asset, AssetGiven) = (AssetGiven, default);
        if (Kind == EntryKind.Transaction)
        {
            foreach (ref var posting in batch.Postings(this))
            {
                if (!posting.AssetGiven.IsEmpty)
                    (posting.Asset, posting.AssetGiven) = (posting.AssetGiven, default);
            }
        }
        EntryMembers.Reset(batch, ref this);
    }
}
