using System.Text;
using Settle;

namespace FeedWorker;

/// <summary>
/// A line for each entry: its position, then the entry. The place where to go on is the last whole line, so
/// what was done and how far it went can never differ.
/// </summary>
internal sealed class EntryFile : IDisposable
{
    private readonly FileStream _file;

    public EntryFile(string path)
    {
        _file = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var text = new byte[_file.Length];
        _file.ReadExactly(text);
        // A crash may have cut the last line off: it is written again.
        var end = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(end);
        var last = text.AsSpan(0, int.Max(end - 1, 0)).LastIndexOf((byte)'\n') + 1;
        var line = Encoding.UTF8.GetString(text.AsSpan(last, end - last));
        if (EntryPosition.TryParse(line.Split(' ')[0], out var newest)) Newest = newest;
    }

    /// <summary>The last entry that is in the file; the beginning of the chain when it is empty.</summary>
    public EntryPosition Newest { get; }

    public void Add(ChainEntry entry)
    {
        _file.Write(Encoding.UTF8.GetBytes($"{entry.Position} "));
        _file.Write(entry.Body.Span);
        _file.Write("\n"u8);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}
