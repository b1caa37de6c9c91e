namespace Settle.Chain;

/// <summary>
/// The id of a block's document: <c>block:main:000000000042</c>. Ids order as heights do.
/// </summary>
internal static class BlockId
{
    public const long HeightMax = 999_999_999_999;

    public static string Format(string site, long height) =>
        string.Create(CultureInfo.InvariantCulture, $"block:{site}:{height:D12}");

    /// <summary>Whose block an id names, and its height; null for other ids.</summary>
    public static (string Site, long Height)? Parse(string id)
    {
        var end = id.LastIndexOf(':');
        if (end < 6 || !id.StartsWith("block:", StringComparison.Ordinal)) return null;
        var site = id[6..end];
        var height = HeightOf(site, id);
        return height < 0 ? null : (site, height);
    }

    /// <summary>The height in the id of a site's block; -1 for other ids.</summary>
    public static long HeightOf(string site, string id)
    {
        var prefix = $"block:{site}:";
        return id.StartsWith(prefix, StringComparison.Ordinal) && id.Length == prefix.Length + 12
            && long.TryParse(id.AsSpan(prefix.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out var height)
                ? height
                : -1;
    }
}
