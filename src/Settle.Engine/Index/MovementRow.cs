namespace Settle.Index;

/// <summary>A <see cref="Settle.Movement"/> on disk, ordered by stream.</summary>
internal readonly record struct MovementRow(Movement Movement) : IRunRow
{
    public ulong Key => Movement.Stream;

    public EntryLocation Location => Movement.Location;
}
