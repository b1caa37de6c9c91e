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
}
