using System.Globalization;

namespace Settle.Chain;

/// <summary>The id of a block's document: <c>block:main:000000000042</c>. Ids order as heights do.</summary>
internal static class BlockId
{
    public const string MainSite = "main";
    public const long HeightMax = 999_999_999_999;

    public static string Format(string site, long height) =>
        string.Create(CultureInfo.InvariantCulture, $"block:{site}:{height:D12}");
}
