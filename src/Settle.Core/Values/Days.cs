namespace Settle.Billing;

/// <summary>
/// Days on the chain, written <c>2026-11-21</c> and counted from 0001-01-01; 0 is absent.
/// </summary>
internal static class Days
{
    public const int TextLength = 10;

    private const string Format = "yyyy-MM-dd";

    /// <summary>1900-01-01.</summary>
    public static readonly int Min = new DateOnly(1900, 1, 1).DayNumber;

    /// <summary>2999-12-31.</summary>
    public static readonly int Max = new DateOnly(2999, 12, 31).DayNumber;

    public static bool TryParse(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length != TextLength || !Ascii.IsValid(text)) return false;
        if (!DateOnly.TryParseExact(Encoding.ASCII.GetString(text), Format,
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        day = date.DayNumber;
        return true;
    }

    public static void Write(Span<byte> destination, int day) =>
        DateOnly.FromDayNumber(day).TryFormat(
            destination, out _, Format, CultureInfo.InvariantCulture);

    public static string Text(int day) =>
        DateOnly.FromDayNumber(day).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The months since year 0: what recurs has one charge in each.</summary>
    public static int MonthOf(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return (date.Year * 12) + date.Month - 1;
    }
}
