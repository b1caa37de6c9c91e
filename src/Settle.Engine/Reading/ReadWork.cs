namespace Settle.Reading;

/// <summary>
/// What reading has cost: how often the state was locked, and how many rows were looked at. Written
/// by whoever holds the lock.
/// </summary>
internal sealed class ReadWork
{
    private long _begin;

    /// <summary>How often the lock was taken.</summary>
    public long Slices { get; private set; }

    /// <summary>Balances, movements, charges, invoices and the like, one by one.</summary>
    public long Rows { get; private set; }

    /// <summary>The most rows that were read while settling waited.</summary>
    public long RowsInSliceMax { get; private set; }

    public void Clear() => (Slices, Rows, RowsInSliceMax, _begin) = (0, 0, 0, 0);

    public void Begin()
    {
        Slices++;
        _begin = Rows;
    }

    public void Add(int rows = 1)
    {
        Rows += rows;
        RowsInSliceMax = long.Max(RowsInSliceMax, Rows - _begin);
    }
}
