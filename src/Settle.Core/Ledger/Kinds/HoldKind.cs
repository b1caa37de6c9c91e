namespace Settle;

/// <summary>A hold: money reserved until it is captured, voided or expires (L4).</summary>
internal static class HoldKind
{
    private const long ExpiresInMax = Limits.HoldDaysMax * 86_400L;

    public static void Check(RequestBatch batch, in Request request)
    {
        TransferKind.CheckMovement(
            batch, "", request.From, request.To, request.Amount, request.Asset);
        if (request.ExpiresIn is < 0 or > ExpiresInMax)
        {
            throw new InvalidRequestException("expires_in",
                $"must be 1 second to {Limits.HoldDaysMax} days, in seconds");
        }
        TransferKind.CheckNotes(batch, request);
    }

    public static RefusalCode Decide(Decider decider, ref Request request)
    {
        var book = decider.Book;
        if (request.ExpiresIn > 0)
            request.ExpiresAt = book.Time + (request.ExpiresIn * ChainTime.MicrosecondsPerSecond);
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        ref readonly var from = ref book.Position(request.FromPosition);
        ref readonly var to = ref book.Position(request.ToPosition);
        if (decider.IsBillings(from, to)) return RefusalCode.BillingAccount;
        if (decider.IsStranger(from, to)) return RefusalCode.UnknownAccount;
        if (decider.IsClosed(from, to)) return RefusalCode.AccountClosed;
        var rest = from.Available - request.Amount;
        if (rest < from.Floor && from.Floor != Position.NoFloor)
            return RefusalCode.InsufficientFunds;
        if (to.Ceiling != Position.NoCeiling
            && to.Balance + book.HeldFor(to) + request.Amount
                + decider.BalanceElsewhere(request.ToPosition) > to.Ceiling
            && decider.Follows(rules: 7))
            return RefusalCode.LimitExceeded;
        return rest < -Decider.TotalMax ? RefusalCode.Overflow : RefusalCode.None;
    }

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        book.Open(batch.Text(entry.Id), entry, location);
        book.Touch(entry.FromPosition).Held += entry.Amount;
        book.Note(entry.FromPosition, location, MovementKinds.Touched);
    }
}
