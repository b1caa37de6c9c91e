namespace Settle;

/// <summary>
/// What a refusal of funds was about: an account that could spend less than was needed of it.
/// </summary>
/// <param name="Account">Its number.</param>
/// <param name="Asset">The number of the asset.</param>
/// <param name="Spendable">Minor units: available and the overdraft, before the entry.</param>
/// <param name="Needed">Minor units.</param>
internal readonly record struct Shortage(
    int Account, int Asset, Int128 Spendable, Int128 Needed)
{
    /// <summary>Whether the account existed before the entry.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>Finds what was short.</summary>
    /// <param name="book">Knows the accounts; each position may be of an earlier time.</param>
    /// <param name="batch">The entry's texts.</param>
    /// <param name="entry">Was refused for it.</param>
    /// <param name="read">A position by its number, as the decision saw it.</param>
    public static Shortage? Of(Book book, RequestBatch batch, in Request entry,
        Func<int, Position> read)
    {
        if (entry.Kind == EntryKind.Account)
        {
            var position = read(Find(book, batch, entry.From, entry.Asset));
            var spendable = position.Available + batch.Terms(entry).Overdraft;
            return new Shortage(position.Account, position.Asset, spendable, 0);
        }
        if (entry.ExtraCount == 0)
            return Of(read(Find(book, batch, entry.From, entry.Asset)), entry.Amount);
        foreach (var (number, change) in Changes(book, batch, entry))
        {
            if (change < 0 && read(number) is { Floor: not Position.NoFloor } position
                && Of(position, -change) is var shortage && shortage.Spendable < shortage.Needed)
                return shortage;
        }
        return null;
    }

    private static Shortage Of(in Position position, Int128 needed) => new(
        position.Account, position.Asset, position.Available - position.Floor, needed);

    /// <summary>What an entry of several postings does to each position.</summary>
    public static List<(int Number, Int128 Change)> Changes(
        Book book, RequestBatch batch, in Request entry)
    {
        var changes = new List<(int Number, Int128 Change)>();
        foreach (ref var posting in batch.Postings(entry))
        {
            Add(Find(book, batch, posting.From, posting.Asset), -posting.Amount);
            Add(Find(book, batch, posting.To, posting.Asset), posting.Amount);
        }
        return changes;

        void Add(int number, Int128 amount)
        {
            var at = changes.FindIndex(each => each.Number == number);
            if (at < 0) changes.Add((number, amount));
            else changes[at] = (number, changes[at].Change + amount);
        }
    }

    /// <summary>The position of an account in an asset; -1 for none.</summary>
    public static int Find(Book book, RequestBatch batch, Slice account, Slice asset) =>
        book.FindPosition(
            book.FindAccount(batch.Bytes(account)), book.Assets.Find(batch.Bytes(asset)));
}
