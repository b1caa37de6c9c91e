using Settle.Billing;

namespace Settle;

/// <summary>
/// The account that a refusal is about: it was never opened, it is closed, or it would hold more
/// than it may.
/// </summary>
/// <param name="Account">Its number.</param>
/// <param name="Asset">The number of the asset.</param>
/// <param name="Room">
/// Minor units between its balance and its ceiling, below zero where new terms are too low; null
/// where it is not about a ceiling, or a part of the balance is at another site.
/// </param>
internal readonly record struct Obstacle(int Account, int Asset, Int128? Room)
{
    /// <summary>Finds the account.</summary>
    /// <param name="book">Knows the accounts.</param>
    /// <param name="batch">The entry's texts.</param>
    /// <param name="entry">Was refused for it.</param>
    /// <param name="past">What the decision saw.</param>
    public static Obstacle? Of(Book book, RequestBatch batch, in Request entry, IPast past)
    {
        switch (entry.Refusal)
        {
            case RefusalCode.UnknownAccount:
                return First(book, batch, entry, past.IsStranger);
            case RefusalCode.AccountClosed:
                return First(book, batch, entry, past.IsClosed);
            case RefusalCode.LimitExceeded when entry.Kind == EntryKind.Account:
                var own = past.Read(
                    Shortage.Find(book, batch, entry.From, entry.Asset));
                return Limited(book, own, batch.Terms(entry).Ceiling);
            case RefusalCode.LimitExceeded when entry.ExtraCount > 0:
                return Limited(book, past, Shortage.Changes(book, batch, entry));
            case RefusalCode.LimitExceeded when !entry.To.IsEmpty:
                return Limited(book, past,
                    [(Shortage.Find(book, batch, entry.To, entry.Asset), entry.Amount)]);
            default:
                return null;
        }
    }

    private static Obstacle? First(
        Book book, RequestBatch batch, in Request entry, Func<int, bool> isIt)
    {
        if (entry.ExtraCount > 0)
        {
            foreach (ref var posting in batch.Postings(entry))
            {
                if (Named(posting.From) is { } from) return from;
                if (Named(posting.To) is { } to) return to;
            }
        }
        return Named(entry.From) ?? Named(entry.To);

        Obstacle? Named(Slice name)
        {
            if (name.IsEmpty || BillingAccounts.IsOne(batch.Bytes(name))) return null;
            var number = book.FindAccount(batch.Bytes(name));
            return number >= 0 && isIt(number) ? new Obstacle(number, 0, null) : null;
        }
    }

    // What open holds would bring counts too, but only where the balance alone is not too much.
    private static Obstacle? Limited(
        Book book, IPast past, List<(int Number, Int128 Change)> changes)
    {
        Obstacle? second = null;
        foreach (var (number, change) in changes)
        {
            if (change <= 0 || number < 0) continue;
            var position = past.Read(number);
            if (position.Ceiling == Position.NoCeiling) continue;
            if (position.Balance + change > position.Ceiling)
                return Limited(book, position, position.Ceiling);
            second ??= Limited(book, position, position.Ceiling);
        }
        return second;
    }

    private static Obstacle Limited(Book book, in Position position, long ceiling) => new(
        position.Account, position.Asset,
        book.Sites.Count > 0 ? null : ceiling - position.Balance);

    /// <summary>Accounts as they were when an entry was decided.</summary>
    internal interface IPast
    {
        /// <summary>Whether it had to be opened first.</summary>
        bool IsStranger(int account);

        /// <summary>Whether it was closed.</summary>
        bool IsClosed(int account);

        /// <summary>A position by its number.</summary>
        Position Read(int position);
    }
}
