namespace Settle.Simulation;

/// <summary>A computer with the folder of an index, and the processes on it that use it.</summary>
internal sealed class IndexHost(IndexDisk disk)
{
    private readonly List<Machine> _users = [];

    public IndexDisk Disk { get; } = disk;

    /// <summary>What the folder was at some moment; null when nobody made a copy.</summary>
    public IReadOnlyDictionary<string, DiskFile>? Copy { get; set; }

    public void Add(Machine user)
    {
        _users.RemoveAll(known => !known.IsAlive);
        _users.Add(user);
    }

    public void CutPower(Action<Machine> crash)
    {
        foreach (var user in _users.ToList()) crash(user);
        Disk.CutPower();
    }
}
