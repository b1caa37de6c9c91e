namespace Settle.Billing;

/// <summary>
/// The days on which euro payments are made (T2, formerly TARGET): not Saturdays, Sundays, New
/// Year's Day, Good Friday, Easter Monday, 1 May, 25 and 26 December.
/// </summary>
internal static class TargetDays
{
    public static bool Is(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return false;
        if (day is { Month: 1, Day: 1 } or { Month: 5, Day: 1 } or { Month: 12, Day: 25 or 26 })
            return false;
        var fromEaster = day.DayNumber - Easter(day.Year).DayNumber;
        return fromEaster is not (-2 or 1);
    }

    /// <summary>The day itself, or the next one on which payments are made.</summary>
    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (!Is(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>The first such day after a day.</summary>
    public static DateOnly After(DateOnly day) => OnOrAfter(day.AddDays(1));

    // Gauss's rule in the form of Meeus, Jones and Butcher, for the Gregorian calendar.
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = ((8 * b) + 13) / 25;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (19 * l)) / 433;
        var month = (h + l - (7 * m) + 90) / 25;
        return new DateOnly(year, month, (h + l - (7 * m) + (33 * month) + 19) % 32);
    }
}
