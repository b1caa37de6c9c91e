namespace Settle;

/// <summary>
/// Reads what people and programs write, the same way on the command line, in JSON, CSV and
/// documents. What could be read in two ways is refused: signs, exponents, groups of digits,
/// digits of other scripts and spaces at the ends.
/// </summary>
internal static class Parse
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int QuotedCharsMax = 40;
    private const int DecimalCharsMax = 28;
    private const int GroupDigits = 3;

    /// <summary>How many decimals a price usually has.</summary>
    public const int UsualDecimals = 2;

    /// <summary>A day, <c>2026-10-31</c>.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateOnly Day(string field, string text) =>
        TryDay(text, DayFormat, out var day) ? InRange(field, day)
            : throw Fault(field, text, "is not a day; write it as 2026-10-31");

    /// <summary>A day of any year, as timestamps have them.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateOnly ValueDate(string field, string text) =>
        TryDay(text, DayFormat, out var day) ? day
            : throw Fault(field, text, "is not a day; write it as 2026-10-31");

    /// <summary>A day; or a month, <c>2026-10</c>, which means its last day.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateOnly DayOrMonth(string field, string text)
    {
        if (!TryDay(text, "yyyy-MM", out var first)) return Day(field, text);
        // The last month that there is has no month after it.
        InRange(field, first);
        return first.AddMonths(1).AddDays(-1);
    }

    /// <summary>A moment with its offset, <c>2026-11-21T20:23:11Z</c>.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateTimeOffset Time(string field, string text) =>
        TryTime(field, text, out var time) ? time
            : throw NoTime(field, text, "is not a time; write it as 2026-11-21T20:23:11Z");

    /// <summary>A moment; or a day, which means its beginning, UTC.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateTimeOffset TimeOrDay(string field, string text) =>
        text.Length == DayFormat.Length
            ? new DateTimeOffset(Day(field, text).ToDateTime(default), TimeSpan.Zero)
            : Time(field, text);

    /// <summary>When something happened: a moment; or a day, which means its beginning, UTC.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateTimeOffset Timestamp(string field, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Texts.CheckTimestamp(field, utf8);
        return Texts.TimestampOf(utf8);
    }

    /// <summary>Whether it is a moment with its offset.</summary>
    /// <exception cref="InvalidRequestException">It is one that no clock can show.</exception>
    public static bool TryTime(string field, string text, out DateTimeOffset time)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var isTime = text.Length > DayFormat.Length && Texts.IsTimestamp(utf8);
        if (isTime) Texts.CheckTimestamp(field, utf8);
        time = isTime ? Texts.TimestampOf(utf8) : default;
        return isTime;
    }

    /// <summary>An error about a time. A plus sign in an address stands for a space.</summary>
    public static InvalidRequestException NoTime(string field, string text, string what) =>
        Fault(field, text, text.Contains(' ', StringComparison.Ordinal)
            && Texts.IsTimestamp(Encoding.UTF8.GetBytes(text.Replace(' ', '+')))
            ? "has a space where a + belongs; in an address, write the + as %2B" : what);

    /// <summary>A decimal, <c>2.5</c> or <c>-2.5</c>, of at most 28 digits.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static decimal Decimal(string field, string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return digits.Length <= DecimalCharsMax && IsDecimal(digits)
            ? decimal.Parse(text, CultureInfo.InvariantCulture)
            : throw Fault(field, text, "is not a decimal; write it as 2.5");
    }

    /// <summary>
    /// A decimal that a person or a spreadsheet wrote: <c>1.250</c> can be meant as a thousand.
    /// </summary>
    /// <param name="field">Its name in errors.</param>
    /// <param name="text">What was written.</param>
    /// <param name="decimals">How many decimals are written in any case.</param>
    /// <exception cref="InvalidRequestException">It is something else, or can be read in two ways.
    /// </exception>
    public static decimal TypedDecimal(string field, string text, int decimals = UsualDecimals)
    {
        var value = Decimal(field, text);
        var whole = text.TrimStart('-').Split('.')[0];
        if (decimals >= GroupDigits || value.Scale != GroupDigits || text[^1] != '0'
            || whole[0] == '0' || whole.Length > GroupDigits) return value;
        var group = text.Replace(".", "", StringComparison.Ordinal);
        throw Fault(field, text,
            $"can be read in two ways; write it as {group} or as {text.TrimEnd('0').TrimEnd('.')}");
    }

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static long Integer(string field, string text, long min, long max)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw Fault(field, text,
                "is not a whole number; write it with digits only, such as 100");
        }
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var value) && value >= min && value <= max ? value
            : throw NotInRange(field, Shorten(text), min, max);
    }

    /// <summary>A number that is too small or too large.</summary>
    public static InvalidRequestException NotInRange(
        string field, string typed, long min, long max) =>
        new(field, (max is int.MaxValue or long.MaxValue) && (typed.StartsWith('-')
            || (long.TryParse(typed, CultureInfo.InvariantCulture, out var value) && value < min))
            ? $"must be {Text(min)} or more, not {typed}"
            : $"must be {Text(min)} to {Text(max)}, not {typed}");

    /// <summary>A duration, <c>7d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c> or <c>2w</c>.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static TimeSpan Duration(string field, string text)
    {
        var unit = text.Length < 2 ? 0 : text[^1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            'w' => 7 * TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (unit == 0 || text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9'))
            throw Fault(field, text, "is not a duration; write it as 7d, 12h, 30m, 45s or 2w");
        return long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None,
            CultureInfo.InvariantCulture, out var count) && count > 0
            && count <= Limits.HoldDaysMax * TimeSpan.TicksPerDay / unit
            ? new TimeSpan(count * unit)
            : throw Fault(field, text,
                $"is out of range; it can be 1 second to {Limits.HoldDaysMax} days");
    }

    /// <summary>Digits, with at most one point between them.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "0" : text[(point + 1)..];
        return !whole.IsEmpty && !fraction.IsEmpty && !whole.ContainsAnyExceptInRange('0', '9')
            && !fraction.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>
    /// An amount in the major unit, or null for a word that means that there is no limit.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static decimal? Limit(string field, string text, string word) =>
        text == word ? null
        : IsDecimal(text.StartsWith('-') ? text.AsSpan(1) : text)
            ? Amounts.Read(field, text, allowZero: true)
            : throw Fault(field, text, $"is neither an amount nor '{word}'");

    /// <summary>A day that no ledger takes.</summary>
    public static InvalidRequestException OutOfRange(string field, DateOnly day) =>
        Fault(field, day.ToString(DayFormat, CultureInfo.InvariantCulture),
            "is out of range; a day can be from 1900 to 2999");

    /// <summary>None of the words that can be given, with the nearest of them.</summary>
    public static InvalidRequestException NotOneOf(
        string field, string text, params IReadOnlyCollection<string> words) => Fault(field, text,
            $"is not one of {string.Join(", ", words)}{NearestName.Suggest(text, words)}");

    /// <summary>An error that quotes what was typed.</summary>
    public static InvalidRequestException Fault(string field, string text, string what) =>
        new(field, $"'{Shorten(text)}' {what}");

    /// <summary>What was typed; a long text is cut.</summary>
    public static string Shorten(string text) =>
        text.Length <= QuotedCharsMax ? text : text[..QuotedCharsMax] + "…";

    private static DateOnly InRange(string field, DateOnly day) =>
        day.DayNumber >= Billing.Days.Min && day.DayNumber <= Billing.Days.Max ? day
            : throw OutOfRange(field, day);

    private static bool TryDay(string text, string format, out DateOnly day)
    {
        day = default;
        return text.Length == format.Length
            && !text.AsSpan().ContainsAnyExceptInRange('-', '9') && DateOnly.TryParseExact(text,
                format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
