using System.Diagnostics;

namespace Settle.Stores.Sqlite;

/// <summary>
/// The file of a ledger while it is open. A path is not a file: under an open store, it can be
/// given to another one, and SQLite, which finds the log by its path, would write into both. So the
/// file and its log are compared with those that were opened, before and after each create.
/// </summary>
internal sealed class LedgerFile
{
    // Creates in a row share a look: the one after a create is the one before the next.
    private static readonly TimeSpan Recent = TimeSpan.FromMicroseconds(50);

    // What SQLite calls the log, and the shared index of the log.
    private static readonly string[] LogEndings = ["-wal", "-shm"];

    private readonly byte[] _given;
    private readonly byte[][] _logPaths;
    private readonly FileStatus?[] _logs = new FileStatus?[LogEndings.Length];
    private readonly Lock _gate = new();
    private FileStatus? _file;
    private bool _isWriting;
    private FileStatus? _seenLog;
    private bool _looksAgain;
    private long _checkedAt;

    private LedgerFile(string given, string path)
    {
        (Path, _given) = (path, Encode(given));
        _logPaths = [.. LogEndings.Select(ending => Encode(path + ending))];
    }

    /// <summary>The file itself, behind any symbolic link: the log stands beside it.</summary>
    public string Path { get; }

    /// <summary>The file at a path.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It has several names, is mounted without its folder, or is a device or a pipe.
    /// </exception>
    public static LedgerFile At(string path)
    {
        var given = System.IO.Path.GetFullPath(path);
        var target = new FileInfo(given).LinkTarget is null ? null
            : File.ResolveLinkTarget(given, returnFinalTarget: true);
        var file = new LedgerFile(given, target?.FullName ?? given);
        if (!Directory.Exists(given) && file.Look(file._given) is { } found)
            file.CheckNames(found);
        return file;
    }

    /// <summary>
    /// A connection that writes is open: from now on the file and its log are these.
    /// </summary>
    public void NoteOpen()
    {
        lock (_gate)
        {
            _file ??= Look(_given);
            _isWriting = true;
            for (var i = 0; i < _logs.Length; i++) _logs[i] = LookAtLog(i);
        }
    }

    /// <summary>The connection that writes is closed, and may have taken the log with it.</summary>
    public void NoteClosed()
    {
        lock (_gate) _isWriting = false;
    }

    /// <summary>
    /// As <see cref="Check"/>, unless that was done just now. Only for what is
    /// checked again before anybody is told of it.
    /// </summary>
    public void CheckUnlessRecent()
    {
        lock (_gate)
            if (IsRecent) return;
        Check();
    }

    /// <summary>Makes sure that what is open is what the path leads to.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It is nowhere just now, or has another name besides.
    /// </exception>
    /// <exception cref="StoreCorruptException">Another one is in its place.</exception>
    public void Check()
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            var found = Look(_given) ?? throw SqliteErrors.Gone(Path);
            // A ledger's file only grows: a shorter one was written over it.
            if (_file is { } file && (!found.IsSameFile(file) || found.Bytes < file.Bytes))
                throw SqliteErrors.Replaced(Path);
            CheckNames(found);
            for (var i = 0; _isWriting && i < _logs.Length; i++)
            {
                if (_logs[i] is { } log && LookAtLog(i)?.IsSameFile(log) != true)
                    throw SqliteErrors.LogReplaced(Path + LogEndings[i]);
            }
            if (_file is not null) _file = found;
            _checkedAt = now;
        }
    }

    /// <summary>
    /// What is at the path, or was when that was checked just now; null for nothing.
    /// </summary>
    public FileStatus? Look()
    {
        lock (_gate)
            if (IsRecent && _file is not null) return _file;
        return Look(_given);
    }

    /// <summary>Whether somebody, perhaps this process, has written to the log lately.</summary>
    public bool HasLogChanged()
    {
        lock (_gate)
        {
            var log = Look(_logPaths[0]);
            // Two writes within one tick of the disk's clock look like one: look once more.
            var isChanged = log != _seenLog;
            (_seenLog, var again) = (log, _looksAgain);
            _looksAgain = isChanged;
            return isChanged || again;
        }
    }

    /// <summary>
    /// Whether the last connection may move what the log holds into the file, and delete the log.
    /// Where another file has its name, that would damage a stranger's. A log that was deleted is
    /// still open here and can be saved, unless somebody else wrote to the file meanwhile.
    /// </summary>
    public bool MayEmptyLog
    {
        get
        {
            try
            {
                lock (_gate)
                {
                    if (_file is not { } file) return true;
                    if (Look(_given) is not { Links: 1 } found || !found.IsSameFile(file))
                        return false;
                    var isSaved = true;
                    for (var i = 0; i < _logs.Length; i++)
                    {
                        if (_logs[i] is not { } log) continue;
                        var now = LookAtLog(i);
                        if (now is not null && !now.Value.IsSameFile(log)) return false;
                        isSaved &= now is not null;
                    }
                    return isSaved
                        || (found.Bytes, found.Modified) == (file.Bytes, file.Modified);
                }
            }
            catch (StoreUnavailableException)
            {
                return false; // What cannot be seen is left alone.
            }
        }
    }

    private bool IsRecent =>
        _checkedAt != 0 && Stopwatch.GetElapsedTime(_checkedAt) < Recent;

    private void CheckNames(in FileStatus found)
    {
        if (!found.IsPlain) throw SqliteErrors.NotPlain(Path);
        if (found.IsMount) throw SqliteErrors.Mounted(Path);
        if (found.Links > 1) throw SqliteErrors.Linked(Path, found.Links);
    }

    // Every create looks at the log, which it writes and syncs.
    private FileStatus? LookAtLog(int index) => Look(_logPaths[index], withTime: false);

    private FileStatus? Look(byte[] path, bool withTime = true)
    {
        try
        {
            return FileStatus.Of(path, withTime);
        }
        catch (IOException e)
        {
            throw SqliteErrors.Unavailable($"{Path} cannot be looked at: {e.Message}", e);
        }
    }

    private static byte[] Encode(string path) => [.. Encoding.UTF8.GetBytes(path), 0];
}
