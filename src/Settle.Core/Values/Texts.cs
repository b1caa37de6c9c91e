namespace Settle;

/// <summary>What a name, an id, a memo and a timestamp may contain.</summary>
internal static class Texts
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>A text that must be given.</summary>
    /// <exception cref="InvalidRequestException">It is null.</exception>
    public static string Given(string field, string? text) =>
        text ?? throw new InvalidRequestException(field, "is missing");

    /// <summary>
    /// Checks a new name or id: a line of text that <see cref="NameRules"/> finds no fault with.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a name.</exception>
    public static void CheckName(string field, ReadOnlySpan<byte> utf8, int bytesMax)
    {
        if (IsPlain(utf8, bytesMax)) return;
        CheckLine(field, utf8, bytesMax);
        if (NameRules.Fault(utf8) is { } fault)
            throw Parse.Fault(field, Encoding.UTF8.GetString(utf8), fault);
    }

    /// <summary>Whether a name is of letters, digits and signs of ASCII alone.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8, int bytesMax) =>
        utf8.Length >= 1 && utf8.Length <= bytesMax
        && !utf8.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);

    /// <summary>
    /// Checks an account's name, which may also be one that older rules let in.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a name.</exception>
    public static void CheckAccount(
        string field, ReadOnlySpan<byte> utf8, Func<ReadOnlySpan<byte>, bool>? isKnown)
    {
        if (IsPlain(utf8, Limits.AccountBytesMax)) return;
        CheckLine(field, utf8, Limits.AccountBytesMax);
        if (NameRules.Fault(utf8) is { } fault && isKnown?.Invoke(utf8) != true)
            throw Parse.Fault(field, Encoding.UTF8.GetString(utf8), fault);
    }

    /// <summary>
    /// Checks a line of text, such as a name of what may exist: printable Unicode, no spaces at
    /// its ends, 1 to <paramref name="bytesMax"/> UTF-8 bytes.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a line.</exception>
    public static void CheckLine(string field, ReadOnlySpan<byte> utf8, int bytesMax)
    {
        if (utf8.IsEmpty) throw new InvalidRequestException(field, "must not be empty");
        if (utf8.Length > bytesMax)
            throw new InvalidRequestException(
                field, $"must be at most {bytesMax} UTF-8 bytes long");
        if (!utf8.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)) return;
        CheckPrintable(field, utf8, allowLines: false);
        Rune.DecodeFromUtf8(utf8, out var first, out _);
        Rune.DecodeLastFromUtf8(utf8, out var last, out _);
        if (Rune.IsWhiteSpace(first) || Rune.IsWhiteSpace(last))
            throw new InvalidRequestException(field, "must not begin or end with a space");
    }

    /// <summary>
    /// Checks a new line of text that people read: all of it is seen, and as it is.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not such a line.</exception>
    public static void CheckSeenLine(string field, ReadOnlySpan<byte> utf8, int bytesMax)
    {
        CheckLine(field, utf8, bytesMax);
        if (!utf8.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)) return;
        VisibleText.Check(field, utf8);
        if (NameRules.UnseenFault(utf8) is { } fault)
            throw Parse.Fault(field, Encoding.UTF8.GetString(utf8), fault);
    }

    /// <summary>Checks a text for people: printable, line breaks allowed.</summary>
    /// <exception cref="InvalidRequestException">It is too long or not printable.</exception>
    public static void CheckText(string field, ReadOnlySpan<byte> utf8, int bytesMax)
    {
        if (utf8.Length > bytesMax)
            throw new InvalidRequestException(
                field, $"must be at most {bytesMax} UTF-8 bytes long");
        if (utf8.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            CheckPrintable(field, utf8, allowLines: true);
    }

    /// <summary>
    /// A line that nobody checked, for people: what cannot be seen in it, or does more than being
    /// seen, is written as <c>\u{1B}</c>.
    /// </summary>
    public static string Shown(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var shown = new StringBuilder(text.Length);
        var utf8 = (stackalloc byte[4]);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPrintable(rune)
                && NameRules.UnseenFault(utf8[..rune.EncodeToUtf8(utf8)]) is null)
                shown.Append(rune);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }
        return shown.ToString();
    }

    /// <summary>Checks an asset's code: a letter, then letters, digits, '.', '_' or '-'.</summary>
    /// <exception cref="InvalidRequestException">It is not a code.</exception>
    public static void CheckAsset(string field, ReadOnlySpan<byte> code)
    {
        var isCode = code.Length is >= 1 and <= Limits.AssetCharsMax && IsLetter(code[0]);
        foreach (var c in code)
            isCode &= IsLetter(c)
                || c is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'_' or (byte)'-';
        if (!isCode)
        {
            throw new InvalidRequestException(field, "must be an asset's code, such as EUR: "
                + "a letter, then letters, digits, '.', '_' or '-', at most 16 in all");
        }
    }

    /// <summary>
    /// Checks a timestamp: RFC 3339, a date-time with its offset or a plain date.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is neither, or no clock can show it.
    /// </exception>
    public static void CheckTimestamp(string field, ReadOnlySpan<byte> utf8)
    {
        if (!IsTimestamp(utf8))
            throw Parse.NoTime(field, Encoding.UTF8.GetString(utf8),
                "is not a time; write it as 2026-11-21T20:23:11Z or 2026-11-21");
        if (WhyOdd(utf8) is { } why)
            throw Parse.Fault(field, Encoding.UTF8.GetString(utf8), why);
    }

    /// <summary>
    /// What is wrong with a moment that is written as it should be; null when nothing is. It could
    /// only be kept as another moment.
    /// </summary>
    /// <param name="utf8">A text that <see cref="IsTimestamp"/> has found right.</param>
    public static string? WhyOdd(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 10) return null;
        if (Number(utf8, 17, 2) == 60)
            return "is a leap second; write the second before or after it";
        if (OffsetOf(utf8).Duration() > TimeSpan.FromHours(14))
            return "has an offset of more than 14 hours, which no place has";
        var utc = TicksOf(utf8) - OffsetOf(utf8).Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks
            ? "is out of range; a time can be from year 1 to 9999 in UTC" : null;
    }

    /// <summary>Whether it is RFC 3339, a date-time with its offset or a plain date.</summary>
    public static bool IsTimestamp(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[40];
        if (utf8.Length > 40 || utf8.Length < 10
            || utf8.ContainsAnyExceptInRange((byte)'+', (byte)'Z'))
            return false;
        text = text[..Encoding.ASCII.GetChars(utf8, text)];
        return DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _)
            && (text.Length == 10 || IsTimeWithOffset(text[10..]));
    }

    /// <summary>The moment of a timestamp; a plain date is its beginning, UTC.</summary>
    /// <param name="utf8">A text that <see cref="IsTimestamp"/> has found right.</param>
    public static DateTimeOffset TimestampOf(ReadOnlySpan<byte> utf8)
    {
        var ticks = TicksOf(utf8);
        if (utf8.Length == 10) return new(ticks, TimeSpan.Zero);
        var offset = OffsetOf(utf8);
        var utc = long.Clamp(ticks - offset.Ticks, 0, DateTime.MaxValue.Ticks);
        var time = new DateTimeOffset(utc, TimeSpan.Zero);
        // What the type cannot hold is given as the same moment in UTC.
        return utc == ticks - offset.Ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            && offset.Duration() <= TimeSpan.FromHours(14) ? time.ToOffset(offset) : time;
    }

    private static long TicksOf(ReadOnlySpan<byte> utf8)
    {
        var ticks = new DateTime(Number(utf8, 0, 4), Number(utf8, 5, 2), Number(utf8, 8, 2)).Ticks;
        if (utf8.Length == 10) return ticks;
        ticks += (Number(utf8, 11, 2) * TimeSpan.TicksPerHour)
            + (Number(utf8, 14, 2) * TimeSpan.TicksPerMinute)
            + (Number(utf8, 17, 2) * TimeSpan.TicksPerSecond);
        var unit = TimeSpan.TicksPerSecond / 10;
        for (var at = 20; utf8[19] == '.' && char.IsAsciiDigit((char)utf8[at]); at++, unit /= 10)
            ticks += (utf8[at] - '0') * unit;
        return ticks;
    }

    private static TimeSpan OffsetOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8[^1] == 'Z') return TimeSpan.Zero;
        var offset = new TimeSpan(Number(utf8, utf8.Length - 5, 2),
            Number(utf8, utf8.Length - 2, 2), 0);
        return utf8[^6] == '-' ? -offset : offset;
    }

    /// <summary>The day of a timestamp as it is written, see <see cref="Billing.Days"/>.</summary>
    /// <param name="utf8">A text that <see cref="IsTimestamp"/> has found right.</param>
    public static int DayOf(ReadOnlySpan<byte> utf8) =>
        new DateOnly(Number(utf8, 0, 4), Number(utf8, 5, 2), Number(utf8, 8, 2)).DayNumber;

    /// <summary>The shortest timestamp of a moment, with its offset.</summary>
    public static string Timestamp(DateTimeOffset time) => time.ToString(time.Offset == default
        ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        CultureInfo.InvariantCulture);

    private static int Number(ReadOnlySpan<byte> utf8, int at, int digits)
    {
        var number = 0;
        foreach (var digit in utf8.Slice(at, digits)) number = (number * 10) + digit - '0';
        return number;
    }

    private static bool IsTimeWithOffset(ReadOnlySpan<char> text)
    {
        if (text.Length < 10 || text[0] != 'T' || !IsTwo(text, 1, 23) || text[3] != ':'
            || !IsTwo(text, 4, 59) || text[6] != ':' || !IsTwo(text, 7, 60))
        {
            return false;
        }
        var rest = text[9..];
        if (rest[0] == '.')
        {
            var digits = 1;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
            if (digits is 1 or > 10) return false;
            rest = rest[digits..];
        }
        return rest is "Z" || (rest.Length == 6 && rest[0] is '+' or '-'
            && IsTwo(rest, 1, 23) && rest[3] == ':' && IsTwo(rest, 4, 59));
    }

    private static bool IsTwo(ReadOnlySpan<char> text, int at, int max) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1])
        && ((text[at] - '0') * 10) + text[at + 1] - '0' <= max;

    private static bool IsLetter(byte c) =>
        c is >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z';

    private static void CheckPrintable(string field, ReadOnlySpan<byte> utf8, bool allowLines)
    {
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(
                utf8, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                throw new InvalidRequestException(field, "must be valid Unicode");
            if (!IsPrintable(rune) && !(allowLines && IsHarmless(rune)))
            {
                throw new InvalidRequestException(field,
                    $"must be printable; U+{rune.Value:X4} is not");
            }
            utf8 = utf8[length..];
        }
    }

    // In a text for people: lines, and invisible characters that change nothing of what is read.
    private static bool IsHarmless(Rune rune) => rune.Value is '\n' or '\t' or '\r'
        or 0x00AD or 0x061C or 0x200B or 0x200E or 0x200F or 0x2060 or 0xFEFF
        or (>= 0xE0020 and <= 0xE007F);

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Format => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner,
        _ => (rune.Value & 0xFFFE) != 0xFFFE,
    };
}
