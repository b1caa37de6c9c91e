namespace Settle.Index;

/// <summary>Takes some rows, in order.</summary>
internal delegate void TakeRows<TRow>(ReadOnlySpan<TRow> rows)
    where TRow : unmanaged, IRunRow;
