using System.Globalization;

namespace Settle;

/// <summary>
/// Amounts between people (decimal, major unit) and the ledger (integer, minor unit).
/// </summary>
public static class Amounts
{
    /// <summary>Reads a decimal in the major unit, such as <c>50</c> or <c>50.00</c>.</summary>
    /// <param name="field">The field's name, for the error.</param>
    /// <param name="text">Digits with at most one point; no sign, no grouping, no exponent.</param>
    /// <param name="scale">How many decimals the asset has.</param>
    /// <param name="allowZero">Whether zero is in range, as it is for an overdraft.</param>
    /// <exception cref="InvalidRequestException">The text is not a valid amount.</exception>
    public static long Parse(string field, string text, int scale, bool allowZero = false)
    {
        var digits = text.AsSpan().Trim();
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AllDigits(whole)
            || !AllDigits(fraction))
        {
            throw new InvalidRequestException(field,
                digits.StartsWith("-") ? "must be more than zero"
                    : $"'{Shorten(text)}' is no amount; write it as 50 or 50.00");
        }
        if (fraction.TrimEnd('0').Length > scale) throw TooManyDecimals(field, scale);
        Int128 minor = 0;
        foreach (var c in whole) minor = Append(field, minor, c - '0');
        for (var i = 0; i < scale; i++)
            minor = Append(field, minor, i < fraction.Length ? fraction[i] - '0' : 0);
        if (minor == 0 && !allowZero) throw NotPositive(field);
        return (long)minor;
    }

    /// <summary>
    /// Writes minor units as a decimal in the major unit: 5000 with scale 2 is <c>50.00</c>.
    /// </summary>
    public static string Format(Int128 minor, int scale)
    {
        var digits = UInt128.CreateTruncating(minor < 0 ? -minor : minor)
            .ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = minor < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>Checks an amount in minor units.</summary>
    /// <exception cref="InvalidRequestException">It is out of range.</exception>
    internal static void Check(string field, long amount)
    {
        if (amount <= 0) throw NotPositive(field);
        if (amount > Limits.AmountMax) throw TooLarge(field);
    }

    internal static InvalidRequestException NotPositive(string field) =>
        new(field, "must be more than zero");

    internal static InvalidRequestException TooLarge(string field) =>
        new(field, string.Create(CultureInfo.InvariantCulture,
            $"must be at most {Limits.AmountMax} minor units (2^53-1)"));

    internal static InvalidRequestException TooManyDecimals(string field, int scale) =>
        new(field, scale == 0
            ? "this asset has no decimals"
            : string.Create(
                CultureInfo.InvariantCulture, $"has more decimals than the asset's {scale}"));

    private static bool AllDigits(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('0', '9');

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static Int128 Append(string field, Int128 minor, int digit)
    {
        minor = (minor * 10) + digit;
        return minor <= Limits.AmountMax ? minor : throw TooLarge(field);
    }
}
