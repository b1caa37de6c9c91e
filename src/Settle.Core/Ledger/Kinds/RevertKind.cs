namespace Settle;

/// <summary>The opposite of an earlier movement, once (L6).</summary>
internal static class RevertKind
{
    public static void Check(RequestBatch batch, in Request request) =>
        Texts.CheckName("reverts", batch.Bytes(request.Reference), Limits.IdBytesMax);

    public static RefusalCode Decide(Decider decider, RequestBatch batch, ref Request request)
    {
        var history = decider.History;
        var original = history.FindEntry(batch.Bytes(request.Reference));
        if (original is null) return RefusalCode.TransferNotFound;
        ref var entry = ref original.Entry;
        if (entry.Refusal != RefusalCode.None
            || entry.Kind is not (EntryKind.Transfer or EntryKind.Transaction or EntryKind.Capture))
        {
            return RefusalCode.NotReversible;
        }
        FillOpposite(batch, ref request, original);
        decider.Book.Resolve(batch, ref request);
        if (history.FindReversal(batch.Bytes(request.Reference)) is not null)
            return RefusalCode.AlreadyReverted;
        return request.ExtraCount == 0
            ? decider.CheckMove(request.FromPosition, request.ToPosition, request.Amount)
            : decider.CheckPostings(batch, request);
    }

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        if (entry.ExtraCount == 0) TransferKind.Apply(book, entry, location);
        else TransactionKind.Apply(book, batch, entry, location);
    }

    private static void FillOpposite(
        RequestBatch batch, ref Request request, RecalledEntry original)
    {
        ref var entry = ref original.Entry;
        if (entry.Kind != EntryKind.Transaction)
        {
            request.From = batch.Append(original.Batch.Bytes(entry.To));
            request.To = batch.Append(original.Batch.Bytes(entry.From));
            request.Asset = batch.Append(original.Batch.Bytes(entry.Asset));
            request.Amount = entry.Amount;
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
