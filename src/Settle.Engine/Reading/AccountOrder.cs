namespace Settle.Reading;

/// <summary>
/// The durable accounts of a book in the order of their names' UTF-8 bytes. Their names never move
/// or change, so that it needs no lock.
/// </summary>
internal sealed class AccountOrder
{
    private readonly Book _book;
    private readonly int[] _accounts;

    public AccountOrder(Book book, int count)
        : this(book, Sorted(book, 0, count))
    {
    }

    private AccountOrder(Book book, int[] accounts) => (_book, _accounts) = (book, accounts);

    public int Count => _accounts.Length;

    /// <summary>
    /// The order of more accounts of the same chain, quickly when only a few have come since.
    /// </summary>
    public AccountOrder UpTo(Book book, int count)
    {
        if (count == Count) return this;
        var newcomers = Sorted(book, Count, count);
        var all = new int[count];
        var taken = 0;
        for (var i = 0; i < newcomers.Length; i++)
        {
            var place = CountUpTo(book.AccountNameBytes(newcomers[i]));
            Array.Copy(_accounts, taken, all, taken + i, place - taken);
            all[place + i] = newcomers[i];
            taken = place;
        }
        Array.Copy(_accounts, taken, all, taken + newcomers.Length, Count - taken);
        return new AccountOrder(book, all);
    }

    /// <summary>The accounts whose names come after a name.</summary>
    public ReadOnlySpan<int> After(string? name) => name is null
        ? _accounts : _accounts.AsSpan(CountUpTo(Encoding.UTF8.GetBytes(name)));

    private int CountUpTo(ReadOnlySpan<byte> name)
    {
        int low = 0, high = _accounts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_book.AccountNameBytes(_accounts[middle]).SequenceCompareTo(name) <= 0)
                low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int[] Sorted(Book book, int from, int to)
    {
        var accounts = new int[to - from];
        for (var i = 0; i < accounts.Length; i++) accounts[i] = from + i;
        Array.Sort(accounts, (a, b) => book.AccountNameBytes(a)
            .SequenceCompareTo(book.AccountNameBytes(b)));
        return accounts;
    }
}
