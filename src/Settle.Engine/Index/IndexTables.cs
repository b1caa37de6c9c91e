namespace Settle.Index;

/// <summary>Rows that are about to become runs.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Movements">The movements.</param>
/// <param name="Height">The newest block among them.</param>
internal sealed record IndexTables(IdTable Ids, MovementTable Movements, long Height);
