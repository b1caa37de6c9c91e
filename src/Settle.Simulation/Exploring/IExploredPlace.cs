namespace Settle.Simulation;

/// <summary>Where an explored ledger is: in a store with one node, or on a cluster.</summary>
internal interface IExploredPlace
{
    /// <summary>The blocks that count, oldest first.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Blocks { get; }

    /// <summary>What may happen in it, beside what writers wait for.</summary>
    IEnumerable<Choice> Choices { get; }

    /// <summary>
    /// When nothing can go wrong any more: a step that comes out the same whenever it happens, and
    /// that only who waits for it can see. It may as well happen at once. Null when there is none.
    /// </summary>
    Choice? Quick { get; }

    /// <summary>Whether a part of it is away.</summary>
    bool IsAway { get; }

    /// <summary>Folds all that may matter later.</summary>
    ulong State { get; }

    /// <summary>A process's way to it.</summary>
    Task<ExploredCalls> OpenAsync(Writer owner);

    /// <summary>Whether something is under way here that a process waits for.</summary>
    bool IsAwaitedBy(Writer owner);

    /// <summary>A process is dead: what it had sent goes on.</summary>
    void Forget(Writer owner);
}
