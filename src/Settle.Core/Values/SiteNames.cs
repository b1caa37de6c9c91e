namespace Settle;

/// <summary>What a site may be called, and which one an id names.</summary>
internal static class SiteNames
{
    /// <summary>
    /// The site of the first chain: it decides what no other site does, and takes over from sites
    /// that end.
    /// </summary>
    public const string Founder = "main";

    // Behind an @ they mean something else already.
    private static readonly string[] Taken = [Founder, "ledger", "world"];

    /// <summary>Checks the name of a site that is added.</summary>
    /// <exception cref="InvalidRequestException">It is not one.</exception>
    public static void Check(string field, ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        if (!IsOne(text))
        {
            throw Parse.Fault(field, text,
                $"must be 1 to {Limits.SiteCharsMax} small letters, digits and hyphens");
        }
        if (Taken.Contains(text)) throw Parse.Fault(field, text, "is reserved; choose another");
    }

    public static bool IsOne(string name) => name.Length is > 0 and <= Limits.SiteCharsMax
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>What stands behind the last <c>@</c> of an id; empty for nothing.</summary>
    public static ReadOnlySpan<byte> TagOf(ReadOnlySpan<byte> id) =>
        id.LastIndexOf((byte)'@') is >= 0 and var at ? id[(at + 1)..] : default;

    /// <summary>The order in which sites serve each other: the founder first, then by name (S10).
    /// </summary>
    public static int Compare(string a, string b) =>
        a == b ? 0 : a == Founder ? -1 : b == Founder ? 1 : string.CompareOrdinal(a, b);
}
