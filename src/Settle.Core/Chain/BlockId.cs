namespace Settle.Chain;

/// <summary>
/// The id of a block's document: <c>block:main:000000000042</c>. Ids order as heights do.
/// </summary>
internal static class BlockId
{
    public const string MainSite = "main";
    public const long HeightMax = 999_999_999_999;

    public static string Format(string site, long height) =>
        string.Create(CultureInfo.InvariantCulture, $"block:{site}:{height:D12}");

    /// <summary>The height in the id of a block of the main site; -1 for other ids.</summary>
    public static long HeightOf(string id)
    {
        const string prefix = "block:" + MainSite + ":";
        return id.StartsWith(prefix, StringComparison.Ordinal) && id.Length == prefix.Length + 12
            && long.TryParse(id.AsSpan(prefix.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out var height)
                ? height
                : -1;
    }
}
