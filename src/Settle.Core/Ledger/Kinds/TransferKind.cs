namespace Settle;

/// <summary>A transfer; what it says of money and notes, other kinds say too.</summary>
internal static class TransferKind
{
    public static void Check(RequestBatch batch, ref Request request)
    {
        CheckMovement(batch, "", request.From, request.To, request.Amount, request.Asset);
        request.FromHash = KeyHash.Of(batch.Bytes(request.From));
        request.ToHash = KeyHash.Of(batch.Bytes(request.To));
        if (!request.Author.IsEmpty)
            Texts.CheckLine("author", batch.Bytes(request.Author), Limits.AccountBytesMax);
        CheckNotes(batch, request);
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, in Request request) =>
        MaySpend(decider, batch, request)
            ? decider.CheckMove(request.FromPosition, request.ToPosition, request.Amount)
            : RefusalCode.NotAllowed;

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        book.Move(entry.FromPosition, entry.ToPosition, entry.Amount);
        book.Note(entry.FromPosition, location, MovementKinds.Booked);
        book.Note(entry.ToPosition, location, MovementKinds.Booked);
        if (ValueDate.Differs(batch, entry, book.Time, out var day))
            book.NoteDate(entry.FromPosition, entry.ToPosition, entry.Amount, day, location);
    }

    public static void CheckMovement(RequestBatch batch, string prefix, Slice from, Slice to,
        long amount, Slice asset)
    {
        var payer = batch.Bytes(from);
        var receiver = batch.Bytes(to);
        if (!IsPlain(payer)) Texts.CheckAccount(prefix + "from", payer, batch.KnowsAccount);
        if (!IsPlain(receiver)) Texts.CheckAccount(prefix + "to", receiver, batch.KnowsAccount);
        if (payer.SequenceEqual(receiver))
            throw new InvalidRequestException(prefix + "to", "must be another account than 'from'");
        if (amount is <= 0 or > Limits.AmountMax) Amounts.Check(prefix + "amount", amount);
        if (!asset.IsEmpty) Texts.CheckAsset(prefix + "asset", batch.Bytes(asset));
    }

    public static void CheckNotes(RequestBatch batch, in Request request)
    {
        if (!request.Memo.IsEmpty)
            Texts.CheckText("memo", batch.Bytes(request.Memo), Limits.MemoBytesMax);
        if (!request.Timestamp.IsEmpty)
            Texts.CheckTimestamp("timestamp", batch.Bytes(request.Timestamp));
    }

    private static bool IsPlain(ReadOnlySpan<byte> name) =>
        Texts.IsPlain(name, Limits.AccountBytesMax);

    // Nobody learns about another's account from the refusal: this is asked before all else.
    private static bool MaySpend(Decider decider, RequestBatch batch, in Request request)
    {
        if (request.Author.IsEmpty || request.IsTeller) return true;
        var payer = batch.Bytes(request.From);
        if (payer.SequenceEqual("@world"u8)) return false;
        var book = decider.Others is { HasSites: true } others
            ? others.HomeBook(payer) : decider.Book;
        var account = book?.FindAccount(payer) ?? -1;
        return account >= 0 && book!.Notes(account)?.IsOwner(batch.Bytes(request.Author)) == true;
    }
}
