namespace Settle.Cli;

/// <summary>
/// Where a ledger is, as it was typed: the place itself, or <c>@FILE</c>, which holds it. What is
/// typed can be read by everybody on the machine, and a place may have a password in it.
/// </summary>
internal static class LedgerLocation
{
    private const char InFile = '@';

    /// <exception cref="UsageException">The file cannot be read, or has not one line.</exception>
    public static string Read(string typed)
    {
        if (!typed.StartsWith(InFile)) return typed;
        var file = typed[1..];
        if (!File.Exists(file)) throw new UsageException($"{typed}: there is no file '{file}'");
        try
        {
            var lines = File.ReadLines(file).Select(line => line.Trim())
                .Where(line => line.Length > 0).Take(2).ToList();
            return lines is [var location] ? location
                : throw new UsageException(
                    $"{typed}: the file '{file}' must have one line, the ledger's place");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            throw new UsageException($"{typed}: cannot read '{file}': {e.Message}");
        }
    }
}
