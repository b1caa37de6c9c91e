using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>Writes a <see cref="Run{TRow}"/> front to back; the rows must come in order.</summary>
internal sealed class RunWriter<TRow> : IDisposable
    where TRow : unmanaged, IRunRow
{
    private const int PagesAtOnce = 64;

    private readonly Stream _file;
    private readonly byte[] _buffer;
    private readonly int _bufferBytes;
    private readonly RunPlace[] _firsts;
    private readonly Bloom? _bloom;
    private int _pages;
    private int _pageAt;
    private int _rowsInPage;
    private long _rows;

    public RunWriter(IFolder folder, string name, long rowsAtMost, bool hasBloom)
    {
        Name = name;
        _file = folder.Create(name);
        _firsts = new RunPlace[(rowsAtMost / Run<TRow>.RowsPerPage) + 1];
        _bufferBytes = int.Min(PagesAtOnce, _firsts.Length) * Run<TRow>.PageBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(_bufferBytes);
        _bloom = hasBloom ? Bloom.ForKeys(rowsAtMost) : null;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    public void Add(in TRow row) => Add(new ReadOnlySpan<TRow>(in row));

    public void Add(ReadOnlySpan<TRow> rows)
    {
        while (!rows.IsEmpty)
        {
            if (_rowsInPage == 0) _firsts[_pages] = RunPlace.Of(rows[0]);
            var part = rows[..int.Min(rows.Length, Run<TRow>.RowsPerPage - _rowsInPage)];
            part.CopyTo(Page()[_rowsInPage..]);
            if (_bloom is not null)
                foreach (ref readonly var row in part) _bloom.Add(row.Key);
            _rows += part.Length;
            _rowsInPage += part.Length;
            if (_rowsInPage == Run<TRow>.RowsPerPage) FinishPage();
            rows = rows[part.Length..];
        }
    }

    /// <summary>Writes what is left, the directory and the filter.</summary>
    public RunInfo Finish()
    {
        if (_rowsInPage > 0) FinishPage();
        _file.Write(_buffer.AsSpan(0, _pageAt));
        var firsts = _firsts.AsSpan(0, _pages);
        _file.Write(MemoryMarshal.AsBytes(firsts));
        if (_bloom is not null) _file.Write(_bloom.Bytes);
        var footer = new RunFooter(RunFooter.Mark, _rows, _pages, _bloom?.Bytes.Length ?? 0,
            RunFooter.Sum(firsts, _bloom));
        _file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RunFooter>(in footer)));
        return new RunInfo(Name, _rows);
    }

    public void Dispose()
    {
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private Span<TRow> Page() => MemoryMarshal.Cast<byte, TRow>(_buffer.AsSpan(
        _pageAt + Run<TRow>.PageHeaderBytes, Run<TRow>.PageBytes - Run<TRow>.PageHeaderBytes));

    private void FinishPage()
    {
        var page = _buffer.AsSpan(_pageAt, Run<TRow>.PageBytes);
        var rows = page[Run<TRow>.PageHeaderBytes..];
        rows[(_rowsInPage * Unsafe.SizeOf<TRow>())..].Clear();
        MemoryMarshal.Write(page, (uint)_rowsInPage);
        MemoryMarshal.Write(page[sizeof(uint)..], Checksum.Of(rows, (uint)_rowsInPage));
        (_rowsInPage, _pageAt) = (0, _pageAt + Run<TRow>.PageBytes);
        _pages++;
        if (_pageAt < _bufferBytes) return;
        _file.Write(_buffer.AsSpan(0, _bufferBytes));
        _pageAt = 0;
    }
}
