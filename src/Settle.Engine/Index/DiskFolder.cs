using Settle.Stores;

namespace Settle.Index;

/// <summary>A folder on a disk.</summary>
internal sealed class DiskFolder(string path) : IFolder
{
    public string Path { get; } = path;

    public bool Exists => Directory.Exists(Path);

    public IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file));

    // A folder in a file's place is there too, and is not taken for none.
    public bool Has(string file) => System.IO.Path.Exists(At(file));

    public string NewName() => Guid.CreateVersion7().ToString("N");

    public Stream Create(string file, int bufferBytes) =>
        PrivateFile.Open(At(file), FileMode.Create, FileAccess.Write, FileShare.None, bufferBytes);

    public Stream Rewrite(string file)
    {
        PrivateFile.MakeFolder(Path);
        return PrivateFile.Open(At(file), FileMode.OpenOrCreate, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete, bufferBytes: 0);
    }

    public void Sync(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public Stream Read(string file, int bufferBytes) => Directory.Exists(At(file))
        ? throw new IOException("it is a folder; move it away first")
        : new FileStream(At(file), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete, bufferBytes);

    public IRunFile Open(string file) => new DiskRunFile(File.OpenHandle(At(file), FileMode.Open,
        FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess));

    public void Rename(string file, string name) => File.Move(At(file), At(name), overwrite: true);

    public void Delete(string file) => File.Delete(At(file));

    public IDisposable? TryHold(string file)
    {
        try
        {
            PrivateFile.MakeFolder(Path);
            return PrivateFile.Open(
                At(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Another's, or in a place where nobody can write.
        }
    }

    private string At(string file) => System.IO.Path.Combine(Path, file);
}
