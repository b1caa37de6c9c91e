using Settle.Chain;

namespace Settle.Index;

/// <summary>Walks a run front to back.</summary>
internal sealed class RunCursor<TRow>(Run<TRow> run)
    where TRow : unmanaged, IRunRow
{
    private readonly byte[] _buffer = new byte[Run<TRow>.PageBytes];
    private readonly TRow[] _rows = new TRow[Run<TRow>.RowsPerPage];
    private int _page;
    private int _count;
    private int _next;

    public ref readonly TRow Current => ref _rows[_next - 1];

    public (ulong Key, EntryLocation Location) Order => (Current.Key, Current.Location);

    public bool MoveNext()
    {
        if (_next == _count)
        {
            if (_page == run.Pages) return false;
            var rows = run.ReadPage(_page++, _buffer);
            rows.CopyTo(_rows);
            (_count, _next) = (rows.Length, 0);
        }
        _next++;
        return _count > 0;
    }
}
