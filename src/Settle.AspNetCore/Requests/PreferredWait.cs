using Microsoft.Extensions.Primitives;

namespace Settle.Server;

/// <summary>
/// The header <c>Prefer: wait=5</c> (RFC 7240): how long a request may wait at one of several sites
/// for money of others.
/// </summary>
internal static class PreferredWait
{
    public const string Header = "Prefer";
    private const string Applied = "Preference-Applied";
    private const string Wait = "wait=";

    // A request may take half a minute in all.
    private const int SecondsMax = 20;
    private const int SecondsAllowed = 60;

    /// <summary>What is asked for, as far as the server does it; null for nothing.</summary>
    /// <exception cref="InvalidRequestException">It is not a number of seconds.</exception>
    public static TimeSpan? Of(LedgerCall call)
    {
        var asked = call.Context.Request.Headers[Header];
        if (asked.Count == 0 || Find(asked) is not { } text) return null;
        var seconds = (int)long.Min(
            Parse.Integer(Header, text, 0, SecondsAllowed), SecondsMax);
        call.Context.Response.Headers[Applied] =
            string.Create(CultureInfo.InvariantCulture, $"{Wait}{seconds}");
        return TimeSpan.FromSeconds(seconds);
    }

    // Others' preferences are none of this server's.
    private static string? Find(StringValues values) => values
        .SelectMany(value => (value ?? "").Split(',', ';'))
        .Select(each => each.Trim())
        .Where(each => each.StartsWith(Wait, StringComparison.OrdinalIgnoreCase))
        .Select(each => each[Wait.Length..].Trim('"')).FirstOrDefault();
}
