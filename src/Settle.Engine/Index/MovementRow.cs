using Settle.Chain;

namespace Settle.Index;

/// <summary>A <see cref="Settle.Movement"/> on disk, ordered by account.</summary>
internal readonly record struct MovementRow(Movement Movement) : IRunRow
{
    public ulong Key => (uint)Movement.Account;

    public EntryLocation Location => Movement.Location;
}
