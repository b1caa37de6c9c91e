namespace Settle.Index;

/// <summary>
/// A row of fixed width that a <see cref="Run{TRow}"/> keeps, ordered by key and location.
/// </summary>
internal interface IRunRow
{
    ulong Key { get; }

    EntryLocation Location { get; }
}
