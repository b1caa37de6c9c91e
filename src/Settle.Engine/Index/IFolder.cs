namespace Settle.Index;

/// <summary>
/// The folder of an index and of its writers' turns: on a disk; in a simulation, a model of one.
/// What goes wrong is an <see cref="IOException"/> or an
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IFolder
{
    /// <summary>Where it is, for people.</summary>
    string Path { get; }

    bool Exists { get; }

    /// <summary>The names of all files.</summary>
    IEnumerable<string> Files { get; }

    bool Has(string file);

    /// <summary>A part of a file's name that nobody has used.</summary>
    string NewName();

    /// <summary>Makes a file, or an empty one of a file that is there.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="bufferBytes">So much is gathered before it is written; 0 for nothing.</param>
    Stream Create(string file, int bufferBytes = 0);

    /// <summary>
    /// Opens a file, made if absent, whose content is replaced by each write from position 0.
    /// Nothing waits for the disk.
    /// </summary>
    Stream Rewrite(string file);

    /// <summary>Waits until what was written to a file is durable.</summary>
    void Sync(Stream file);

    /// <summary>Reads a file from its beginning.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="bufferBytes">So much is read at once; 0 for what is asked for.</param>
    Stream Read(string file, int bufferBytes = 0);

    /// <summary>
    /// Opens a file that never changes, to be read at any place, also after it was deleted.
    /// </summary>
    IRunFile Open(string file);

    /// <summary>Gives a file another name, which it takes from the one that had it.</summary>
    void Rename(string file, string name);

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    void Delete(string file);

    /// <summary>
    /// Holds a file, which is made if absent, until it is disposed of or the process ends; null
    /// when another process holds it, or nobody can.
    /// </summary>
    IDisposable? TryHold(string file);
}
