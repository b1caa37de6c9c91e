using Settle.Billing;

namespace Settle;

/// <summary>
/// Decisions at one of several sites: from its own part, with the terms of other homes as far as
/// they were read, and never finally out of ignorance (S3, S4, S8).
/// </summary>
internal static class SiteRules
{
    private const int ChangesOnStack = 8;

    // They finish what was begun before an account was closed (L10).
    private const KindSet Finishing = KindSet.Derived;

    private const KindSet Founders = KindSet.Ledger | KindSet.Asset | KindSet.Site
        | KindSet.Suspend | KindSet.End | KindSet.Billing;

    public static RefusalCode Decide(
        Decider decider, IOtherSites others, RequestBatch batch, ref Request request)
    {
        decider.Elsewhere = null;
        var site = others.SiteOf(batch.Bytes(request.Id));
        if (site != others.Own) return NotHere(decider, site);
        var where = PlaceOf(others, batch, request);
        if (where != others.Own)
        {
            // Nobody waits for an answer to a document that could be sent again under another id.
            return request.Author.IsEmpty ? NotHere(decider, where) : RefusalCode.WrongSite;
        }
        return Review(decider, others, batch, request, decider.DecideKind(batch, ref request));
    }

    /// <summary>The site that has to decide a request for what it says, whatever its id is.
    /// </summary>
    public static string PlaceOf(IOtherSites others, RequestBatch batch, in Request request)
    {
        if (Founders.Has(request.Kind)) return SiteNames.Founder;
        if (KindSet.Derived.Has(request.Kind))
            return others.SiteOf(batch.Bytes(request.Reference));
        if (request.Kind == EntryKind.Account)
        {
            return BillingAccounts.IsOne(batch.Bytes(request.From))
                ? SiteNames.Founder : others.HomeOf(batch.Bytes(request.From));
        }
        var isBillings = BillingAccounts.IsOne(batch.Bytes(request.From))
            || BillingAccounts.IsOne(batch.Bytes(request.To));
        if (request.Kind == EntryKind.Transaction)
        {
            foreach (ref var posting in batch.Postings(request))
            {
                isBillings |= BillingAccounts.IsOne(batch.Bytes(posting.From))
                    || BillingAccounts.IsOne(batch.Bytes(posting.To));
            }
        }
        return isBillings ? SiteNames.Founder : others.Own;
    }

    private static RefusalCode Review(Decider decider, IOtherSites others, RequestBatch batch,
        in Request request, RefusalCode refusal)
    {
        switch (refusal)
        {
            case RefusalCode.UnknownAsset when others.Own != SiteNames.Founder:
                return NotHere(decider, SiteNames.Founder);
            case RefusalCode.NotAllowed when !request.From.IsEmpty:
                var home = others.HomeOf(batch.Bytes(request.From));
                return home == others.Own ? refusal : NotHere(decider, home);
            case RefusalCode.UnknownAccount:
                return Stranger(decider, others, batch, request) is { } unknown
                    ? NotHere(decider, unknown) : refusal;
            case RefusalCode.None or RefusalCode.InsufficientFunds or RefusalCode.LimitExceeded:
                break;
            default:
                return refusal;
        }
        if (request.Kind == EntryKind.Account)
        {
            return refusal != RefusalCode.InsufficientFunds ? refusal
                : Short(decider, others,
                    [new Change(request.FromPosition, -Needed(decider, batch, request))]);
        }
        if (!KindSet.Moving.Has(request.Kind) && request.Kind != EntryKind.Transaction)
            return refusal;
        // A transfer has two, and most requests are one.
        var most = request.ExtraCount * 2;
        Span<Change> room = most <= ChangesOnStack
            ? stackalloc Change[ChangesOnStack] : new Change[most];
        var changes = room[..Changes(batch, request, room)];
        if (FromHome(decider, others, request, changes) is { } other) return other;
        return refusal != RefusalCode.InsufficientFunds ? refusal
            : Short(decider, others, changes);
    }

    // What the homes of the accounts say, as far as it was read here.
    private static RefusalCode? FromHome(Decider decider, IOtherSites others, in Request request,
        ReadOnlySpan<Change> changes)
    {
        string? limiting = null;
        foreach (var (number, delta) in changes)
        {
            ref readonly var position = ref decider.Book.Position(number);
            var name = decider.Book.AccountNameBytes(position.Account);
            var home = others.HomeOf(name);
            if (home == others.Own || others.HomeBook(name) is not { } book) continue;
            var account = book.FindAccount(name);
            if (account < 0) continue;
            if (book.Account(account).IsClosed && !Finishing.Has(request.Kind))
                return RefusalCode.AccountClosed;
            var asset = book.Assets.Find(
                Encoding.UTF8.GetBytes(decider.Book.Assets[position.Asset].Code));
            var there = asset < 0 ? -1 : book.FindPosition(account, asset);
            // Only the home can count the total against it.
            if (delta > 0 && there >= 0 && book.Position(there).Ceiling != Position.NoCeiling)
                limiting = home;
        }
        return limiting is null ? null : NotHere(decider, limiting);
    }

    private static RefusalCode Short(
        Decider decider, IOtherSites others, ReadOnlySpan<Change> changes)
    {
        var needs = new List<Need>();
        foreach (var (number, delta) in changes)
        {
            if (delta >= 0) continue;
            var amount = -delta;
            ref readonly var position = ref decider.Book.Position(number);
            if (position.Floor == Position.NoFloor) continue;
            var room = position.Available - position.Floor;
            if (room < amount && others.MayArrive(number) is { } more && room + more < amount)
                return RefusalCode.InsufficientFunds;
            needs.Add(new Need(decider.Book.AccountName(position.Account),
                position.Asset == 0 ? "" : decider.Book.Assets[position.Asset].Code, amount));
        }
        decider.Elsewhere = new Elsewhere(null, needs);
        return RefusalCode.InsufficientHere;
    }

    // A lower overdraft needs what would then be missing.
    private static Int128 Needed(Decider decider, RequestBatch batch, in Request request)
    {
        ref readonly var position = ref decider.Book.Position(request.FromPosition);
        return -batch.Terms(request).Overdraft - position.Floor;
    }

    private static string? Stranger(
        Decider decider, IOtherSites others, RequestBatch batch, in Request request)
    {
        var changes = new Change[int.Max(2, request.ExtraCount * 2)];
        foreach (var (number, _) in changes.AsSpan(0, Changes(batch, request, changes)))
        {
            var account = decider.Book.Position(number).Account;
            if (!decider.IsStranger(account)) continue;
            var home = others.HomeOf(decider.Book.AccountNameBytes(account));
            if (home != others.Own) return home;
        }
        return null;
    }

    private static int Changes(RequestBatch batch, in Request request, Span<Change> changes)
    {
        var count = 0;
        if (request.ExtraCount == 0 || request.Kind is EntryKind.Capture or EntryKind.Void)
        {
            Add(changes, ref count, request.FromPosition, -request.Amount);
            Add(changes, ref count, request.ToPosition, request.Amount);
            return count;
        }
        foreach (ref var posting in batch.Postings(request))
        {
            Add(changes, ref count, posting.FromPosition, -posting.Amount);
            Add(changes, ref count, posting.ToPosition, posting.Amount);
        }
        return count;
    }

    private static void Add(Span<Change> changes, ref int count, int position, Int128 amount)
    {
        foreach (ref var change in changes[..count])
        {
            if (change.Position != position) continue;
            change = change with { Delta = change.Delta + amount };
            return;
        }
        changes[count++] = new Change(position, amount);
    }

    private static RefusalCode NotHere(Decider decider, string site)
    {
        decider.Elsewhere = new Elsewhere(site, []);
        return RefusalCode.NotHere;
    }

    /// <summary>What a request does to a position.</summary>
    private readonly record struct Change(int Position, Int128 Delta);
}
