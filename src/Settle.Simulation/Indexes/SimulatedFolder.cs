using Settle.Index;

namespace Settle.Simulation;

/// <summary>One process's way to the folder of an index.</summary>
internal sealed class SimulatedFolder(
    IndexDisk disk, Machine owner, Timeline timeline) : IFolder
{
    public string Path => "index";

    public bool Exists => disk.Names.Any();

    public IEnumerable<string> Files => disk.Names;

    public bool Has(string file) => disk.Has(file);

    public string NewName() => disk.NewName();

    public Stream Create(string file, int bufferBytes)
    {
        Say($"writes {file}");
        return new FileWriter(disk, disk.Create(file));
    }

    public Stream Rewrite(string file) =>
        new FileWriter(disk, disk.Has(file) ? disk.Find(file) : disk.Create(file));

    public void Sync(Stream file) => disk.Sync(((FileWriter)file).File);

    public Stream Read(string file, int bufferBytes)
    {
        var bytes = disk.Find(file).Bytes.ToArray();
        return new MemoryStream(bytes, writable: false);
    }

    public IRunFile Open(string file) => new SimulatedRunFile(disk.Find(file));

    public void Rename(string file, string name)
    {
        Say($"calls {file} {name}");
        disk.Rename(file, name);
    }

    public void Delete(string file)
    {
        Say($"deletes {file}");
        disk.Delete(file);
    }

    public IDisposable? TryHold(string file)
    {
        try
        {
            var held = disk.Has(file) ? disk.Find(file) : disk.Create(file);
            if (held.Hold is { IsOver: false }) return null;
            return held.Hold = new FileHold(held, owner);
        }
        catch (IOException)
        {
            return null; // There is no room for it.
        }
    }

    private void Say(string what)
    {
        if (timeline.Trace.IsKept) timeline.Trace.Add(timeline.Now, owner.Name, what);
    }
}
