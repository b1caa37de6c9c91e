using Settle.Index;

namespace Settle.Simulation;

/// <summary>A process's index.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Sizes">When it writes what.</param>
/// <param name="Step">What happens between two steps of writing it.</param>
internal sealed record MachineIndex(IFolder Folder, IndexSizes Sizes, Action Step);
