namespace Settle.Server;

/// <summary>
/// The header <c>Prefer</c> (RFC 7240), as far as the server does what it asks for.
/// </summary>
internal static class Preferences
{
    public const string Header = "Prefer";
    private const string Applied = "Preference-Applied";
    private const string Wait = "wait";
    private const string Return = "return";
    private const string Minimal = "minimal";

    // A request may take half a minute in all.
    private const int SecondsMax = 20;
    private const int SecondsAllowed = 60;

    /// <summary>
    /// <c>wait=5</c>: how long a request may wait at one of several sites for money of others; null
    /// for nothing.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a number of seconds.</exception>
    public static TimeSpan? WaitOf(LedgerCall call)
    {
        if (Find(call, Wait) is not { } text) return null;
        var seconds = (int)long.Min(
            Parse.Integer(Header, text, 0, SecondsAllowed), SecondsMax);
        call.Context.Response.Headers[Applied] =
            string.Create(CultureInfo.InvariantCulture, $"{Wait}={seconds}");
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary><c>return=minimal</c>: whether a batch is answered short.</summary>
    public static bool IsMinimal(LedgerCall call)
    {
        if (Find(call, Return) is not { } text
            || !text.Equals(Minimal, StringComparison.OrdinalIgnoreCase))
            return false;
        call.Context.Response.Headers[Applied] = BatchWire.MinimalPreference;
        return true;
    }

    // The value of a preference: the first one counts, and others' are none of this server's.
    private static string? Find(LedgerCall call, string name)
    {
        var asked = call.Context.Request.Headers[Header];
        return asked.Count == 0 ? null : asked
            .SelectMany(value => (value ?? "").Split(',', ';'))
            .Select(each => each.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(each => each.Length == 2
                && each[0].Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(each => each[1].Trim('"')).FirstOrDefault();
    }
}
