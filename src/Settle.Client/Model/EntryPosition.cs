namespace Settle;

/// <summary>An entry's place in the chain, written <c>42-7</c>.</summary>
/// <param name="Height">The block's height; the first is 1.</param>
/// <param name="Index">The entry's index in the block; the first is 0.</param>
public readonly record struct EntryPosition(long Height, int Index) : IComparable<EntryPosition>
{
    /// <summary>Reads <c>42-7</c>.</summary>
    public static bool TryParse(string? text, out EntryPosition position)
    {
        position = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash <= 0) return false;
        if (!long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture,
            out var height))
            return false;
        if (!int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out var index))
            return false;
        position = new EntryPosition(height, index);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(EntryPosition other) =>
        Height != other.Height ? Height.CompareTo(other.Height) : Index.CompareTo(other.Index);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Height}-{Index}");

    /// <summary>Whether one position is before another.</summary>
    public static bool operator <(EntryPosition left, EntryPosition right) =>
        left.CompareTo(right) < 0;

    /// <summary>Whether one position is after another.</summary>
    public static bool operator >(EntryPosition left, EntryPosition right) =>
        left.CompareTo(right) > 0;

    /// <summary>Whether one position is before another or the same.</summary>
    public static bool operator <=(EntryPosition left, EntryPosition right) =>
        left.CompareTo(right) <= 0;

    /// <summary>Whether one position is after another or the same.</summary>
    public static bool operator >=(EntryPosition left, EntryPosition right) =>
        left.CompareTo(right) >= 0;
}
