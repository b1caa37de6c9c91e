namespace Settle.Reading;

/// <summary>
/// Durable names in the order of their UTF-8 bytes. Names never move or change, so that it needs no
/// lock.
/// </summary>
/// <remarks>
/// Sorting a million takes a second or two, once; after that a page finds its place by halves.
/// </remarks>
internal sealed class NameOrder
{
    private readonly Func<int, ReadOnlySpan<byte>> _nameOf;
    private readonly int[] _numbers;

    /// <param name="nameOf">The name of a number.</param>
    /// <param name="count">How many there are.</param>
    public NameOrder(Func<int, ReadOnlySpan<byte>> nameOf, int count)
        : this(nameOf, Sorted(nameOf, 0, count))
    {
    }

    private NameOrder(Func<int, ReadOnlySpan<byte>> nameOf, int[] numbers) =>
        (_nameOf, _numbers) = (nameOf, numbers);

    public int Count => _numbers.Length;

    /// <summary>The number at a place of the order.</summary>
    public int this[int place] => _numbers[place];

    /// <summary>
    /// The order of more names of the same chain, quickly when only a few have come since.
    /// </summary>
    public NameOrder UpTo(Func<int, ReadOnlySpan<byte>> nameOf, int count)
    {
        if (count <= Count) return this;
        var newcomers = Sorted(nameOf, Count, count);
        var all = new int[count];
        var taken = 0;
        for (var i = 0; i < newcomers.Length; i++)
        {
            var place = CountBefore(nameOf(newcomers[i]), isIncluded: true);
            Array.Copy(_numbers, taken, all, taken + i, place - taken);
            all[place + i] = newcomers[i];
            taken = place;
        }
        Array.Copy(_numbers, taken, all, taken + newcomers.Length, Count - taken);
        return new NameOrder(nameOf, all);
    }

    /// <summary>The place of the first name after another; the first of all for null.</summary>
    public int PlaceAfter(string? name) =>
        name is null ? 0 : CountBefore(Encoding.UTF8.GetBytes(name), isIncluded: true);

    /// <summary>The place of a name, or of the first after it; the first of all for null.</summary>
    public int PlaceOf(string? name) =>
        name is null ? 0 : CountBefore(Encoding.UTF8.GetBytes(name), isIncluded: false);

    /// <summary>The place behind the last name that begins with a text.</summary>
    public int PlaceBehind(string? prefix)
    {
        if (string.IsNullOrEmpty(prefix)) return Count;
        var behind = Encoding.UTF8.GetBytes(prefix);
        // No byte of UTF-8 is the highest there is.
        behind[^1]++;
        return CountBefore(behind, isIncluded: false);
    }

    /// <summary>The name at a place of the order.</summary>
    public ReadOnlySpan<byte> NameAt(int place) => _nameOf(_numbers[place]);

    /// <summary>The names that follow another one.</summary>
    public List<string> NamesAfter(string? name, int limit)
    {
        var place = PlaceAfter(name);
        return [.. Enumerable.Range(place, int.Min(limit, Count - place))
            .Select(at => Encoding.UTF8.GetString(NameAt(at)))];
    }

    private int CountBefore(ReadOnlySpan<byte> name, bool isIncluded)
    {
        int low = 0, high = _numbers.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = _nameOf(_numbers[middle]).SequenceCompareTo(name);
            if (order < 0 || (order == 0 && isIncluded)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static int[] Sorted(Func<int, ReadOnlySpan<byte>> nameOf, int from, int to)
    {
        var numbers = new int[to - from];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = from + i;
        Array.Sort(numbers, (a, b) => nameOf(a).SequenceCompareTo(nameOf(b)));
        return numbers;
    }
}
