namespace Settle.Reading;

/// <summary>The order of one kind of names: sorted by whoever asks first, then kept.</summary>
/// <param name="reader">Reads how many there are.</param>
/// <param name="countOf">How many of them are durable.</param>
/// <param name="namesOf">The names of a book.</param>
/// <param name="bookOf">The book; null for that of this site's own chain.</param>
internal sealed class KnownOrder(LedgerReader reader, Func<Book, int> countOf,
    Func<Book, Func<int, ReadOnlySpan<byte>>> namesOf, Func<Book>? bookOf = null)
{
    private readonly Lock _lock = new();
    private int _count;
    private Lazy<NameOrder>? _order;

    /// <summary>The order of all that are durable now, or of a few more.</summary>
    public async Task<NameOrder> GetAsync(CancellationToken cancellation)
    {
        var (names, count) = await reader.ReadAsync(() =>
        {
            var book = bookOf?.Invoke() ?? reader.State.Book;
            return (namesOf(book), countOf(book));
        }, cancellation).ConfigureAwait(false);
        return Find(names, count).Value;
    }

    // Who asks while another one sorts waits for that, and does not sort the same again.
    private Lazy<NameOrder> Find(Func<int, ReadOnlySpan<byte>> names, int count)
    {
        lock (_lock)
        {
            if (_order is { } known && _count >= count) return known;
            var before = _order;
            _count = count;
            return _order = new Lazy<NameOrder>(() => before is null
                ? new NameOrder(names, count) : before.Value.UpTo(names, count));
        }
    }
}
