namespace Settle.Local;

/// <summary>The accounts of a book in the order of their names' UTF-8 bytes.</summary>
internal sealed class AccountOrder
{
    private readonly Book _book;
    private readonly int[] _accounts;

    public AccountOrder(Book book, int count)
    {
        _book = book;
        _accounts = new int[count];
        for (var i = 0; i < count; i++) _accounts[i] = i;
        // Durable names never move or change, so this needs no lock.
        Array.Sort(_accounts, (a, b) => book.AccountNameBytes(a)
            .SequenceCompareTo(book.AccountNameBytes(b)));
    }

    public int Count => _accounts.Length;

    public bool IsOf(Book book) => ReferenceEquals(_book, book);

    /// <summary>The accounts whose names come after a name.</summary>
    public IEnumerable<int> After(string? name)
    {
        var first = 0;
        if (name is not null)
        {
            var utf8 = System.Text.Encoding.UTF8.GetBytes(name);
            var high = _accounts.Length;
            while (first < high)
            {
                var middle = (first + high) >>> 1;
                if (_book.AccountNameBytes(_accounts[middle]).SequenceCompareTo(utf8) <= 0)
                    first = middle + 1;
                else high = middle;
            }
        }
        for (; first < _accounts.Length; first++) yield return _accounts[first];
    }
}
