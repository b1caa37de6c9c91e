namespace Settle;

/// <summary>An account opened, or new terms for it (L1).</summary>
internal static class AccountKind
{
    public static void Check(RequestBatch batch, in Request request)
    {
        Texts.CheckAccount("account", batch.Bytes(request.From), batch.KnowsAccount);
        if (!request.Asset.IsEmpty) Texts.CheckAsset("asset", batch.Bytes(request.Asset));
    }

    public static RefusalCode Decide(Decider decider, RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Terms(request);
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var limits = terms.Overdraft != AccountTerms.Unset || terms.Ceiling != AccountTerms.Unset;
        if ((limits || terms.Closed is true) && batch.Bytes(request.From).SequenceEqual("@world"u8))
            return RefusalCode.ReservedAccount;
        ref readonly var position = ref decider.Book.Position(request.FromPosition);
        if (position.IsBillings && decider.Book.Billing.IsUsed
            && !Frees(decider.Book, batch, request)
            && decider.Follows(byte.Max(7, position.BillingsSince)))
            return RefusalCode.BillingAccount;
        // New terms never leave an account outside of them (L1): the money has to move first.
        if (terms.Overdraft >= 0 && position.Available < -terms.Overdraft)
            return RefusalCode.InsufficientFunds;
        return terms.Ceiling >= 0
            && decider.IsAbove(terms.Ceiling, request.FromPosition, position.Balance)
            ? RefusalCode.LimitExceeded
            : RefusalCode.None;
    }

    public static void Apply(
        Book book, RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Terms(entry);
        var number = book.FindAccount(batch.Bytes(entry.From));
        var before = book.Account(number);
        ref var account = ref book.TouchAccount(number);
        account.IsOpened = true;
        if (terms.Closed is { } closed) account.IsClosed = closed;
        if (!terms.Owners.IsEmpty || !entry.Meta.IsEmpty)
        {
            var old = book.Notes(number);
            account.Notes = book.Add(new AccountNotes(
                terms.Owners.IsEmpty ? old?.Owners ?? [] : batch.Bytes(terms.Owners).ToArray(),
                entry.Meta.IsEmpty ? old?.Meta ?? [] : batch.Bytes(entry.Meta).ToArray()));
        }
        if ((account.IsOpened, account.IsClosed, account.Notes)
            != (before.IsOpened, before.IsClosed, before.Notes))
        {
            book.Movements.Add(new Movement(number, 0, MovementKinds.State, location,
                account.Notes, account.IsClosed ? 1 : 0));
        }
        ref readonly var position = ref book.Touch(entry.FromPosition);
        book.SetLimits(entry.FromPosition,
            terms.Overdraft switch
            {
                AccountTerms.Unset => position.Floor,
                AccountTerms.Unlimited => Position.NoFloor,
                _ => -terms.Overdraft,
            },
            terms.Ceiling switch
            {
                AccountTerms.Unset => position.Ceiling,
                AccountTerms.Unlimited => Position.NoCeiling,
                _ => terms.Ceiling,
            }, location);
        book.Note(entry.FromPosition, location, MovementKinds.Touched);
    }

    // What was closed or limited before billing began would stand in its way for ever.
    private static bool Frees(Book book, RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Terms(request);
        ref readonly var position = ref book.Position(request.FromPosition);
        if (terms.Closed is true || terms.Overdraft != AccountTerms.Unset || terms.Ceiling >= 0
            || !terms.Owners.IsEmpty || !request.Meta.IsEmpty)
            return false;
        return (terms.Closed is false && book.Account(position.Account).IsClosed)
            || (terms.Ceiling == AccountTerms.Unlimited
                && position.Ceiling != Position.NoCeiling);
    }
}
