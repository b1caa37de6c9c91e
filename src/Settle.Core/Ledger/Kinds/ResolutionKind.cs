namespace Settle;

/// <summary>
/// The end of a hold that somebody asks for: a capture, which pays all or a part of it, or a void.
/// </summary>
internal static class ResolutionKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        Texts.CheckLine("hold", batch.Bytes(request.Reference), Limits.IdBytesMax);
        if (request.Kind == EntryKind.Capture && !request.IsWhole)
            Amounts.Check("amount", request.Amount);
        TransferKind.CheckNotes(batch, request);
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, ref Request request)
    {
        var hold = decider.Book.FindHold(batch.Bytes(request.Reference));
        if (hold is null) return WhyNotOpen(decider.History, batch.Bytes(request.Reference));
        if (request.Kind == EntryKind.Void || request.IsWhole) request.Amount = hold.Amount;
        if (request.Amount != hold.Amount) request.Held = hold.Amount;
        FillFromHold(decider.Book, batch, ref request, hold);
        return request.Kind == EntryKind.Void ? RefusalCode.None
            : CheckCapture(decider, request, hold);
    }

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        var hold = book.FindHold(batch.Bytes(entry.Reference))
            ?? throw new BrokenInvariantException($"{batch.Text(entry.Id)} resolves no open hold");
        book.Close(hold);
        book.Touch(hold.From).Held -= hold.Amount;
        if (entry.Kind == EntryKind.Void) book.Note(hold.From, location, MovementKinds.Touched);
        else TransferKind.Apply(book, batch, entry, location);
    }

    private static RefusalCode CheckCapture(Decider decider, in Request request, OpenHold hold)
    {
        var book = decider.Book;
        if (request.Amount > hold.Amount) return RefusalCode.ExceedsHold;
        ref readonly var from = ref book.Position(request.FromPosition);
        ref readonly var to = ref book.Position(request.ToPosition);
        if (decider.IsBillings(from, to)) return RefusalCode.BillingAccount;
        // A hold that was made before is brought to its end.
        if (decider.IsClosed(from, to) && !decider.Follows(rules: 7))
            return RefusalCode.AccountClosed;
        // The hold has reserved the money, so the floor needs no check: what is available only
        // grows.
        var total = to.Balance + request.Amount;
        if (to.Ceiling != Position.NoCeiling
            && total + decider.BalanceElsewhere(request.ToPosition) > to.Ceiling)
            return RefusalCode.LimitExceeded;
        return total > Decider.TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    // A resolution says what it moves, so that a reader of the block needs no other block.
    private static void FillFromHold(
        Book book, RequestBatch batch, ref Request request, OpenHold hold)
    {
        ref readonly var from = ref book.Position(hold.From);
        request.From = batch.Append(book.AccountNameBytes(from.Account));
        request.To = batch.Append(book.AccountNameBytes(hold.To));
        if (from.Asset != 0)
            request.Asset = batch.Append("asset", book.Assets[from.Asset].Code);
        if (hold.ExpiresAt != long.MaxValue) request.ExpiresAt = hold.ExpiresAt;
        book.Resolve(batch, ref request);
    }

    private static RefusalCode WhyNotOpen(IHistory history, ReadOnlySpan<byte> holdId)
    {
        if (history.FindEntry(holdId)
            is not { Entry: { Kind: EntryKind.Hold, Refusal: RefusalCode.None } })
            return RefusalCode.HoldNotFound;
        return history.FindResolution(holdId)?.Entry.Kind switch
        {
            EntryKind.Capture => RefusalCode.HoldCaptured,
            EntryKind.Void => RefusalCode.HoldVoided,
            _ => RefusalCode.HoldExpired,
        };
    }
}
