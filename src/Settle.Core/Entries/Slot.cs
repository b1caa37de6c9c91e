namespace Settle;

/// <summary>Where an entry keeps the value of a <see cref="Member"/>.</summary>
internal delegate ref T Slot<T>(RequestBatch batch, ref Request entry);
