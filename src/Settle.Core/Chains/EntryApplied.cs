namespace Settle.Chains;

/// <summary>Told of an entry of a block once it is applied.</summary>
internal delegate void EntryApplied(
    RequestBatch batch, in Request entry, EntryLocation location);
