namespace Settle.Server;

/// <summary>A parameter that may follow the <c>?</c> of an address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>string</c> or <c>integer</c>.</param>
/// <param name="About">What it does, for the OpenAPI document.</param>
/// <param name="Example">A value that works.</param>
internal sealed record QueryParameter(string Name, string Type, string About, string Example)
{
    public static readonly QueryParameter Limit =
        new("limit", "integer", "At most this many items, 1 to 1000; 100 if absent.", "100");

    public static readonly QueryParameter After = new("after", "string",
        "The cursor `next` of the page before. It keeps the filter it was made with.", "");

    public static readonly QueryParameter Prefix = new("prefix", "string",
        "Only accounts whose names begin like this.", "customers:");

    public static readonly QueryParameter At = new("at", "string",
        "As of then: the height of a block, or a time by RFC 3339.", "2026-11-21T20:23:11Z");

    public static readonly QueryParameter On = new("on", "string",
        "By value date at the end of this day: what entries say of themselves counts, and not "
            + "when they were recorded. `at` beside it limits what had been recorded.",
        "2026-11-21");

    public static readonly QueryParameter OnFrom = new("on_from", "string",
        "Only what has this value date or a later one.", "2026-11-01");

    public static readonly QueryParameter OnTo = new("on_to", "string",
        "Only what has this value date or an earlier one.", "2026-11-30");
}
