namespace Settle;

/// <summary>An account's owners and meta, as canonical JSON; empty for none.</summary>
internal sealed record AccountNotes(byte[] Owners, byte[] Meta);
