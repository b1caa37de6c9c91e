using Settle.Index;

namespace Settle.Tests.Local;

/// <summary>A folder of an index that counts the reads of its runs.</summary>
internal sealed class CountingFolder(string path) : IFolder
{
    private readonly DiskFolder _folder = new(path);

    public int Reads { get; set; }

    public string Path => _folder.Path;

    public bool Exists => _folder.Exists;

    public IEnumerable<string> Files => _folder.Files;

    public bool Has(string file) => _folder.Has(file);

    public string NewName() => _folder.NewName();

    public Stream Create(string file, int bufferBytes) => _folder.Create(file, bufferBytes);

    public Stream Rewrite(string file) => _folder.Rewrite(file);

    public void Sync(Stream file) => _folder.Sync(file);

    public Stream Read(string file, int bufferBytes) => _folder.Read(file, bufferBytes);

    public IRunFile Open(string file) => new CountingFile(this, _folder.Open(file));

    public void Rename(string file, string name) => _folder.Rename(file, name);

    public void Delete(string file) => _folder.Delete(file);

    public IDisposable? TryHold(string file) => _folder.TryHold(file);

    private sealed class CountingFile(CountingFolder owner, IRunFile file) : IRunFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> bytes, long offset)
        {
            owner.Reads++;
            return file.Read(bytes, offset);
        }

        public void Dispose() => file.Dispose();
    }
}
