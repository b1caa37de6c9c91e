namespace Settle.Cli.Output;

/// <summary>A number of things: <c>1 block</c>, <c>2 blocks</c>, <c>2 entries</c>.</summary>
internal static class Counted
{
    public static string Text(long count, string what) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {(count == 1 ? what : Plural(what))}");

    private static string Plural(string what) =>
        what.EndsWith('y') ? $"{what[..^1]}ies" : $"{what}s";
}
