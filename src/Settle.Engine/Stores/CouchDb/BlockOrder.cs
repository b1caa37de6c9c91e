namespace Settle.Stores.CouchDb;

/// <summary>Which block's document follows which.</summary>
internal static class BlockOrder
{
    private const string Prefix = "block:";
    private const int Digits = 12;

    /// <summary>The id of the next block; null when it is not the id of a block.</summary>
    public static string? Next(string id)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal) || id.Length <= Prefix.Length + Digits
            || id[^(Digits + 1)] != ':'
            || !long.TryParse(id.AsSpan(id.Length - Digits), NumberStyles.None,
                CultureInfo.InvariantCulture, out var height))
            return null;
        return string.Create(
            CultureInfo.InvariantCulture, $"{id.AsSpan(0, id.Length - Digits)}{height + 1:D12}");
    }

    /// <summary>
    /// The first block of a range that begins with this id; null when that is not known. Behind a
    /// block, written as its id and one more character, the next one begins.
    /// </summary>
    public static string? First(string idFrom) => idFrom.EndsWith('\0') ? Next(idFrom[..^1])
        : Next(idFrom) is null ? null : idFrom;

    /// <summary>
    /// The first block that should stand in a listing and does not, and where; null when none is
    /// missing.
    /// </summary>
    public static (string Id, int At)? FindGap(string idFrom, IReadOnlyList<CouchRow> rows)
    {
        var expected = First(idFrom);
        for (var at = 0; at < rows.Count; at++)
        {
            if (expected is not null && rows[at].Id != expected && Next(rows[at].Id) is not null)
                return (expected, at);
            expected = Next(rows[at].Id);
        }
        return null;
    }
}
