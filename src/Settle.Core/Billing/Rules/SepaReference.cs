using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Settle.Billing.Rules;

/// <summary>References that every bank of SEPA passes on unchanged.</summary>
internal static class SepaReference
{
    /// <summary>What else than letters and digits may be in them.</summary>
    public const string Marks = "/-?:().,'+ ";

    public const int CharsMax = 35;

    /// <summary>Whether a text is one: banks use slashes for their own ends.</summary>
    public static bool Is(string text) => text.Length is > 0 and <= CharsMax
        && text.All(c => char.IsAsciiLetterOrDigit(c)
            || Marks.Contains(c, StringComparison.Ordinal))
        && text[0] != '/' && text[^1] != '/'
        && !text.Contains("//", StringComparison.Ordinal);

    /// <summary>A number or id itself where it can be one, else one that is made of it.</summary>
    public static string EndToEnd(string number) =>
        Is(number) && number.Trim() == number ? number : "S-" + DigitsOf(number);

    /// <summary>
    /// What the bank knows the file of an order by: another ledger may have an order of this id.
    /// </summary>
    public static string Message(string order, string made) =>
        "SETTLE-" + DigitsOf($"{order} {made}");

    // Twenty digits: a run of them is found in whatever a bank makes of it.
    private static string DigitsOf(string text) => BinaryPrimitives
        .ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
        .ToString("D20", CultureInfo.InvariantCulture);
}
