namespace Settle;

/// <summary>The opposite of an earlier movement, or of a part of it (L6).</summary>
internal static class RevertKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        Texts.CheckLine("reverts", batch.Bytes(request.Reference), Limits.IdBytesMax);
        if (request.IsPart) Amounts.Check("amount", request.Amount);
        TransferKind.CheckNotes(batch, request);
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, ref Request request)
    {
        var history = decider.History;
        var original = history.FindEntry(batch.Bytes(request.Reference));
        if (original is null) return RefusalCode.TransferNotFound;
        ref var entry = ref original.Entry;
        if (entry.Refusal != RefusalCode.None
            || entry.Kind is not (EntryKind.Transfer or EntryKind.Transaction or EntryKind.Capture)
            || (entry.Kind == EntryKind.Transaction && request.IsPart))
        {
            return RefusalCode.NotReversible;
        }
        FillOpposite(batch, ref request, original);
        decider.Book.Resolve(batch, ref request);
        var earlier = history.FindReversal(batch.Bytes(request.Reference));
        var before = earlier is null ? 0 : RevertedBy(earlier.Entry, entry);
        if (before == entry.Amount && earlier is not null) return RefusalCode.AlreadyReverted;
        if (earlier is not null && !decider.Follows(rules: 7)) return RefusalCode.AlreadyReverted;
        if (!request.IsPart) request.Amount = entry.Amount - before;
        if (request.Amount > entry.Amount - before) return RefusalCode.ExceedsTransfer;
        // What was begun before an account was closed can be taken back.
        var refusal = request.ExtraCount == 0
            ? decider.CheckMove(request.FromPosition, request.ToPosition, request.Amount,
                mayBeClosed: true)
            : decider.CheckPostings(batch, request, mayBeClosed: true);
        if (refusal == RefusalCode.None && (request.IsPart || earlier is not null))
            request.Reverted = before + request.Amount;
        return refusal;
    }

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        if (entry.ExtraCount == 0) TransferKind.Apply(book, batch, entry, location);
        else TransactionKind.Apply(book, batch, entry, location);
    }

    /// <summary>What is left of an entry to revert.</summary>
    /// <param name="original">The entry.</param>
    /// <param name="newest">Its newest revert; null for none.</param>
    public static long Left(RecalledEntry original, RecalledEntry? newest) =>
        original.Entry.Amount
            - (newest is null ? 0 : RevertedBy(newest.Entry, original.Entry));

    /// <summary>
    /// How much of an entry is reverted after its newest revert; one that does not say so reverted
    /// all.
    /// </summary>
    private static long RevertedBy(in Request revert, in Request original) =>
        revert.Reverted > 0 ? revert.Reverted : original.Amount;

    private static void FillOpposite(
        RequestBatch batch, ref Request request, RecalledEntry original)
    {
        ref var entry = ref original.Entry;
        if (entry.Kind != EntryKind.Transaction)
        {
            request.From = batch.Append(original.Batch.Bytes(entry.To));
            request.To = batch.Append(original.Batch.Bytes(entry.From));
            request.Asset = batch.Append(original.Batch.Bytes(entry.Asset));
            if (!request.IsPart) request.Amount = entry.Amount;
            return;
        }
        var postings = original.Batch.Postings(entry);
        for (var i = postings.Length - 1; i >= 0; i--)
        {
            ref var opposite = ref batch.AddPosting(ref request);
            opposite.From = batch.Append(original.Batch.Bytes(postings[i].To));
            opposite.To = batch.Append(original.Batch.Bytes(postings[i].From));
            opposite.Asset = batch.Append(original.Batch.Bytes(postings[i].Asset));
            opposite.Amount = postings[i].Amount;
        }
    }
}
