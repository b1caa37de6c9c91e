using Settle.Stores;

namespace Settle.Simulation;

/// <summary>Where a simulated ledger is: on one disk, or on a cluster.</summary>
internal interface IPlace
{
    /// <summary>Whether nothing more can be written; a cluster has always room.</summary>
    bool IsFull { get; set; }

    /// <summary>The blocks that count, oldest first.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Blocks { get; }

    /// <summary>
    /// What the database's other clients, and with them its views, are shown for ever although it
    /// is not in the chain; null for nothing.
    /// </summary>
    string? ShownAmiss { get; }

    /// <summary>Whether all its parts have heard of everything.</summary>
    bool IsInStep { get; }

    /// <summary>
    /// How long a server may still take for away what is back, in microseconds (P8).
    /// </summary>
    long BackAfter => 0;

    /// <summary>Nothing fails from here on.</summary>
    void Heal();

    /// <summary>A machine's way to it.</summary>
    Task<IStore> OpenAsync(Machine owner);
}
