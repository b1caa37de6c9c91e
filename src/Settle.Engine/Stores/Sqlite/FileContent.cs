using System.Security.Cryptography;

namespace Settle.Stores.Sqlite;

/// <summary>
/// Notices that a file was overwritten in its place, with another ledger or an older copy. SQLite
/// believes its log and what it has in memory, and would mix the two. Only a write to the file
/// itself is followed by a look: that is rare, because writes go to the log first.
/// </summary>
internal sealed class FileContent(LedgerFile file, TimeSpan busyTimeout)
{
    private readonly Lock _gate = new();
    private (string Id, byte[] Hash)? _first;
    private (string Id, byte[] Hash)? _newest;
    private FileStatus? _seen;

    /// <summary>Makes sure that the file holds what it held.</summary>
    /// <exception cref="StoreCorruptException">It was overwritten.</exception>
    public void Check()
    {
        lock (_gate)
        {
            // What is not there, or another file, is for others to say.
            if (file.Look() is not { } found || found == _seen
                || (_seen is { } seen && !seen.IsSameFile(found)))
                return;
            // What was opened before has pages of the other content in memory.
            using var reader = SqliteReader.Open(file, busyTimeout);
            if (!IsStillThere(reader, _first) || !IsStillThere(reader, _newest))
                throw SqliteErrors.Overwritten(file.Path);
            _first ??= Of(reader.First);
            _newest = Of(reader.Last) ?? _newest;
            _seen = found;
        }
    }

    private static bool IsStillThere(SqliteReader reader, (string Id, byte[] Hash)? known) =>
        known is not var (id, hash) || (reader.Get(id) is { } document
            && SHA256.HashData(document.Body.Span).AsSpan().SequenceEqual(hash));

    /// <summary>
    /// Where the file had nothing yet: what was written to it, or read from it, must stay.
    /// </summary>
    public void NoteFirst(in Document document)
    {
        lock (_gate) _first ??= (document.Id, SHA256.HashData(document.Body.Span));
    }

    // A page that cannot be read proves nothing here: reading its blocks will fail.
    private static (string Id, byte[] Hash)? Of(Func<Document?> read)
    {
        try
        {
            return read() is { } document
                ? (document.Id, SHA256.HashData(document.Body.Span)) : null;
        }
        catch (SqliteException e) when (e.IsCorrupt)
        {
            return null;
        }
    }
}
