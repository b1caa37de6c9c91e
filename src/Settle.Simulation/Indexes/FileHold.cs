namespace Settle.Simulation;

/// <summary>That a process holds a file; it ends with the process.</summary>
internal sealed class FileHold(DiskFile file, Machine owner) : IDisposable
{
    public bool IsOver => !owner.IsAlive;

    public void Dispose()
    {
        if (file.Hold == this) file.Hold = null;
    }
}
