namespace Settle;

/// <summary>A transaction: several postings, all or nothing (L7).</summary>
internal static class TransactionKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        if (request.ExtraCount is 0 or > Limits.PostingsMax)
            throw new InvalidRequestException("postings", $"must be 1 to {Limits.PostingsMax}");
        var index = 0;
        foreach (ref var posting in batch.Postings(request))
        {
            TransferKind.CheckMovement(batch, $"postings[{index++}].", posting.From, posting.To,
                posting.Amount, posting.Asset);
        }
        TransferKind.CheckNotes(batch, request);
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, in Request request) =>
        decider.CheckPostings(batch, request);

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        var postings = batch.Postings(entry);
        foreach (ref var posting in postings)
            book.Move(posting.FromPosition, posting.ToPosition, posting.Amount);
        for (var i = 0; i < postings.Length; i++)
        {
            if (!IsNotedBefore(postings[..i], postings[i].FromPosition))
                book.Note(postings[i].FromPosition, location, MovementKinds.Booked);
            if (!IsNotedBefore(postings[..i], postings[i].ToPosition))
                book.Note(postings[i].ToPosition, location, MovementKinds.Booked);
        }
        if (!ValueDate.Differs(batch, entry, book.Time, out var day)) return;
        foreach (ref var posting in postings)
        {
            book.NoteDate(
                posting.FromPosition, posting.ToPosition, posting.Amount, day, location);
        }
    }

    private static bool IsNotedBefore(ReadOnlySpan<RequestPosting> earlier, int position)
    {
        foreach (ref readonly var posting in earlier)
            if (posting.FromPosition == position || posting.ToPosition == position) return true;
        return false;
    }
}
