namespace Settle.Server;

/// <summary>
/// How many connections a server holds: no more than half of the files that its process may still
/// open. Without one for the ledger's own files nothing could be settled, and without one at all
/// the process would end: the runtime still loads parts of the program when requests come.
/// </summary>
internal static class ConnectionLimit
{
    private const int Most = 10_000;
    private const int Least = 16;
    private const int LoadedLater = 100;
    private const string Line = "Max open files";

    /// <exception cref="InvalidRequestException">The process may open too few files.</exception>
    public static int Find() => OperatingSystem.IsLinux()
        ? Of(FilesMax(File.ReadLines("/proc/self/limits")),
            Directory.EnumerateFileSystemEntries("/proc/self/fd").Count())
        : Most;

    /// <param name="filesMax">How many files the process may have open.</param>
    /// <param name="open">How many it has open.</param>
    /// <exception cref="InvalidRequestException">It may open too few.</exception>
    public static int Of(long filesMax, int open)
    {
        var connections = (int)long.Min(Most, (filesMax - open - LoadedLater) / 2);
        return connections >= Least ? connections : throw new InvalidRequestException("listen",
            $"this process may open {filesMax} files only, which is too few for a server; "
                + "raise the limit with ulimit -n");
    }

    /// <summary>The limit in force, as Linux shows it; columns are apart by many blanks.</summary>
    private static long FilesMax(IEnumerable<string> limits)
    {
        var words = limits.First(line => line.StartsWith(Line, StringComparison.Ordinal))[
            Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[0] == "unlimited" ? long.MaxValue
            : long.Parse(words[0], CultureInfo.InvariantCulture);
    }
}
