namespace Settle.Simulation;

/// <summary>A store with one node.</summary>
internal sealed class ExploredDisk : IExploredPlace
{
    private readonly Disk _disk = new();

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => _disk.Documents.Select(each => each.Body);

    public IEnumerable<Choice> Choices => [];

    public Choice? Quick => null;

    public bool IsAway => false;

    public ulong State
    {
        get
        {
            var state = 0UL;
            foreach (var document in _disk.Documents)
            {
                // The hash of the block ends its body's members; its bytes are its identity.
                foreach (var part in document.Body.Span[^200..])
                    state = Folding.Then(state, part);
            }
            return state;
        }
    }

    public Task<ExploredCalls> OpenAsync(Writer owner) =>
        Task.FromResult(
            new ExploredCalls(new ExploredStore(owner, _disk), owner.Process, () => 0));

    public bool IsAwaitedBy(Writer owner) => false;

    // What waits at this store, its writer keeps.
    public void Forget(Writer owner)
    {
    }
}
