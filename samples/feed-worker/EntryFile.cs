using System.Text;
using System.Text.Json;
using Settle;

namespace FeedWorker;

/// <summary>
/// A line for each entry: its position, then the entry. The place where to go on is the last whole line, so
/// what was done and how far it went can never differ. A hold that expires is not an entry and has the position
/// of the one before it, so that it may come again after a restart: each is written once.
/// </summary>
internal sealed class EntryFile : IDisposable
{
    private readonly FileStream _file;
    private readonly HashSet<string> _expired = [];

    public EntryFile(string path)
    {
        _file = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var text = new byte[_file.Length];
        _file.ReadExactly(text);
        // A crash may have cut the last line off: it is written again.
        var end = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(end);
        var lines = Encoding.UTF8.GetString(text.AsSpan(0, end))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !EntryPosition.TryParse(lines[^1].Split(' ')[0], out var newest)) return;
        Newest = newest;
        foreach (var line in lines.Reverse().TakeWhile(line => line.StartsWith($"{newest} ", StringComparison.Ordinal)))
            if (ExpiredHold(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..])) is { } hold) _expired.Add(hold);
    }

    /// <summary>The last entry that is in the file; the beginning of the chain when it is empty.</summary>
    public EntryPosition Newest { get; }

    public void Add(ChainEntry entry)
    {
        if (ExpiredHold(entry.Body) is not { } hold) _expired.Clear();
        else if (!_expired.Add(hold)) return;
        _file.Write(Encoding.UTF8.GetBytes($"{entry.Position} "));
        _file.Write(entry.Body.Span);
        _file.Write("\n"u8);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    // The hold that expired; null for an entry.
    private static string? ExpiredHold(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("type").GetString() == "expiry"
            ? json.RootElement.GetProperty("hold").GetString() : null;
    }
}
