namespace Settle.Chain;

/// <summary>
/// The id of a copy of another site's block: <c>copy:lisbon:000000000042:9f...</c>. Its hash is in
/// it, so that two bodies at one height are two documents, and neither hides the other.
/// </summary>
internal static class CopyId
{
    private const string Prefix = "copy:";

    /// <summary>Before all copies.</summary>
    public const string First = Prefix;

    /// <summary>Behind all copies.</summary>
    public const string Last = "copy;";

    public static string Format(BlockHeader header) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{header.Site}:{header.Height:D12}:{header.Hash}");

    /// <summary>Before all copies of a site's blocks from a height on.</summary>
    public static string From(string site, long height) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{site}:{height:D12}:");

    /// <summary>Behind all copies of a site's blocks up to a height.</summary>
    public static string To(string site, long height) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{site}:{height:D12};");

    /// <summary>Behind all copies of the site that a copy is of.</summary>
    public static string Behind(string id) => $"{Prefix}{SiteIn(id)};";

    /// <summary>The site whose block a document is a copy of; null where it is none.</summary>
    public static string? SiteIn(string id) => BlockIn(id) is { } block
        ? BlockId.Parse(block)?.Site : null;

    /// <summary>The hash of the block that a document is a copy of; null where it is none.
    /// </summary>
    public static BlockHash? HashIn(string id) => BlockIn(id) is not null
        && BlockHash.TryParse(Encoding.ASCII.GetBytes(id[^BlockHash.TextLength..]), out var hash)
            ? hash : null;

    /// <summary>The id of the block that a document is a copy of; null where it is none.</summary>
    public static string? BlockIn(string id)
    {
        var end = id.LastIndexOf(':');
        return id.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length
            && id.Length - end - 1 == BlockHash.TextLength
            ? $"block:{id[Prefix.Length..end]}" : null;
    }
}
