using Settle.Stores;

namespace Settle.Simulation;

/// <summary>A ledger on one disk.</summary>
internal sealed class DiskPlace(Timeline timeline, FaultRates faults) : IPlace
{
    private readonly Disk _disk = new();

    public bool IsFull
    {
        get => _disk.IsFull;
        set => _disk.IsFull = value;
    }

    /// <summary>How many blocks there are.</summary>
    public long Height => _disk.Count;

    public IEnumerable<ReadOnlyMemory<byte>> Blocks =>
        _disk.Documents.Select(document => document.Body);

    public string? ShownAmiss => null;

    public bool IsInStep => true;

    public void Heal() => _disk.IsFull = false;

    public Task<IStore> OpenAsync(Machine owner) =>
        Task.FromResult<IStore>(new SimulatedStore(timeline, owner, _disk, faults));
}
