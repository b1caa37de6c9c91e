namespace Settle.Index;

/// <summary>Walks a run front to back.</summary>
internal sealed class RunCursor<TRow>(Run<TRow> run)
    where TRow : unmanaged, IRunRow
{
    private const int PagesPerRead = 16;

    private readonly byte[] _buffer = new byte[PagesPerRead * Run<TRow>.PageBytes];
    private readonly TRow[] _rows = new TRow[Run<TRow>.RowsPerPage];

    // The page that comes next, and how many of those that were read came already.
    private int _page;
    private int _read;
    private int _taken;

    private int _count;
    private int _next;

    public ref readonly TRow Current => ref _rows[_next - 1];

    public RunPlace Place => RunPlace.Of(Current);

    /// <exception cref="IndexDamagedException">A page is not what was written.</exception>
    public bool MoveNext()
    {
        if (_next == _count && !ReadPage()) return false;
        _next++;
        return true;
    }

    private bool ReadPage()
    {
        if (_page == run.Pages) return false;
        if (_taken == _read) (_read, _taken) = (run.ReadPages(_page, _buffer), 0);
        var rows = run.CheckPage(_page++, _buffer.AsSpan(_taken++ * Run<TRow>.PageBytes));
        rows.CopyTo(_rows);
        (_count, _next) = (rows.Length, 0);
        return _count > 0;
    }
}
