using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>Walks a run front to back, a page at a time.</summary>
internal sealed class RunCursor<TRow>
    where TRow : unmanaged, IRunRow
{
    private const int PagesPerRead = 16;

    private readonly Run<TRow> _run;
    private readonly byte[] _buffer;
    private int _nextPage;

    // The pages in the buffer, and how many of them were begun.
    private int _pagesRead;
    private int _pagesBegun;

    // The rows of the page that has been begun, and how many of them are behind.
    private int _count;
    private int _behind;

    /// <exception cref="IndexDamagedException">The first page is not what was written.</exception>
    public RunCursor(Run<TRow> run)
    {
        _run = run;
        _buffer = new byte[int.Clamp(run.Pages, 1, PagesPerRead) * Run<TRow>.PageBytes];
        BeginPage();
    }

    /// <summary>What is left of this page; empty only at the end of the run.</summary>
    public ReadOnlySpan<TRow> Rest => MemoryMarshal.Cast<byte, TRow>(
        Page[Run<TRow>.PageHeaderBytes..])[_behind.._count];

    /// <summary>The place of the next row.</summary>
    public RunPlace Place => RunPlace.Of(Rest[0]);

    /// <summary>Goes over some rows of this page; false at the end of the run.</summary>
    /// <exception cref="IndexDamagedException">A page is not what was written.</exception>
    public bool Skip(int rows)
    {
        _behind += rows;
        return _behind < _count || BeginPage();
    }

    private ReadOnlySpan<byte> Page => _pagesBegun == 0
        ? _buffer.AsSpan(0, Run<TRow>.PageBytes)
        : _buffer.AsSpan((_pagesBegun - 1) * Run<TRow>.PageBytes, Run<TRow>.PageBytes);

    private bool BeginPage()
    {
        (_count, _behind) = (0, 0);
        if (_nextPage == _run.Pages) return false;
        if (_pagesBegun == _pagesRead)
            (_pagesRead, _pagesBegun) = (_run.ReadPages(_nextPage, _buffer), 0);
        _pagesBegun++;
        _count = _run.CheckPage(_nextPage++, Page).Length;
        return _count > 0;
    }
}
