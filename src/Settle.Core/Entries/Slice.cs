namespace Settle;

/// <summary>A part of a <see cref="RequestBatch"/>'s bytes. Empty means absent.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}
