namespace Settle;

/// <summary>
/// Amounts between people (decimal, major unit) and the ledger (integer, minor unit).
/// </summary>
public static class Amounts
{
    private const int AmountDigitsMax = 16;

    /// <summary>Reads a decimal in the major unit, such as <c>50</c> or <c>50.00</c>.</summary>
    /// <param name="field">The field's name, for the error.</param>
    /// <param name="text">
    /// Digits with at most one point; no sign, space, grouping or exponent.
    /// </param>
    /// <param name="scale">
    /// How many decimals the asset has; more are an error, even zeros.
    /// </param>
    /// <param name="allowZero">Whether zero is in range, as it is for an overdraft.</param>
    /// <exception cref="InvalidRequestException">The text is not a valid amount.</exception>
    public static long Parse(string field, string text, int scale, bool allowZero = false)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        return Money.Typed(Read(field, text, allowZero)).ToMinor(field, scale, allowZero);
    }

    /// <summary>
    /// An amount in the major unit of an asset that is still to be found out, with all decimals
    /// that were typed.
    /// </summary>
    /// <exception cref="InvalidRequestException">No asset could have this amount.</exception>
    internal static decimal Read(string field, string text, bool allowZero = false)
    {
        var isNegative = text.StartsWith('-');
        var digits = isNegative ? text.AsSpan(1) : text;
        if (!Settle.Parse.IsDecimal(digits))
            throw Settle.Parse.Fault(field, text, "is not an amount; write it as 50 or 50.00");
        if (isNegative) throw NotPositive(field, Settle.Parse.Shorten(text), allowZero);
        digits = digits.TrimStart('0');
        var point = digits.IndexOf('.');
        // These limits are those of the type, too: nothing is rounded.
        if ((point < 0 ? digits.Length : point) > AmountDigitsMax)
            throw TooLarge(field, Settle.Parse.Shorten(text));
        if (point >= 0 && digits.Length - point - 1 > Limits.ScaleMax)
            throw TooManyDecimals(field, Settle.Parse.Shorten(text), Limits.ScaleMax);
        var amount = decimal.Parse(text, CultureInfo.InvariantCulture);
        return amount > 0 || allowZero ? amount
            : throw NotPositive(field, Settle.Parse.Shorten(text));
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
    internal static void Check(string field, long amount, bool allowZero = false)
    {
        if (amount < 0 || (amount == 0 && !allowZero))
            throw NotPositive(field, $"{amount}", allowZero);
        if (amount > Limits.AmountMax) throw TooLarge(field, $"{amount}");
    }

    internal static InvalidRequestException NotPositive(
        string field, string typed, bool allowZero = false) =>
        new(field, allowZero ? $"must be zero or more, not {typed}"
            : $"must be more than zero, not {typed}");

    internal static InvalidRequestException TooLarge(string field, string typed) =>
        new(field, string.Create(CultureInfo.InvariantCulture,
            $"must be at most {Limits.AmountMax} minor units (2^53-1), not {typed}"));

    internal static InvalidRequestException TooManyDecimals(
        string field, string typed, int scale) =>
        new(field, scale == 0 ? $"{typed} has decimals; this asset has none"
            : string.Create(CultureInfo.InvariantCulture,
                $"{typed} has more decimals than the asset's {scale}"));
}
