using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>Writes a <see cref="Run{TRow}"/> front to back; the rows must come in order.</summary>
internal sealed class RunWriter<TRow> : IDisposable
    where TRow : unmanaged, IRunRow
{
    private readonly FileStream _file;
    private readonly byte[] _page = new byte[Run<TRow>.PageBytes];
    private readonly List<ulong> _firstKeys = [];
    private readonly Bloom? _bloom;
    private int _rowsInPage;
    private long _rows;

    public RunWriter(string path, long rowsAtMost, bool hasBloom)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        _bloom = hasBloom ? Bloom.ForKeys(rowsAtMost) : null;
    }

    public string Path { get; }

    public void Add(in TRow row)
    {
        if (_rowsInPage == 0) _firstKeys.Add(row.Key);
        MemoryMarshal.Write(
            _page.AsSpan(Run<TRow>.PageHeaderBytes + (_rowsInPage * Unsafe.SizeOf<TRow>())), row);
        _bloom?.Add(row.Key);
        _rows++;
        if (++_rowsInPage == Run<TRow>.RowsPerPage) FinishPage();
    }

    /// <summary>Writes what is left, the directory and the filter.</summary>
    public RunInfo Finish()
    {
        if (_rowsInPage > 0) FinishPage();
        var keys = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_firstKeys));
        var bloom = _bloom is null ? default : _bloom.Bytes;
        _file.Write(keys);
        _file.Write(bloom);
        var footer = new RunFooter(RunFooter.Mark, _rows, _firstKeys.Count, bloom.Length,
            Checksum.Of(bloom, Checksum.Of(keys)));
        _file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RunFooter>(in footer)));
        _file.Flush();
        return new RunInfo(System.IO.Path.GetFileName(Path), _rows);
    }

    public void Dispose() => _file.Dispose();

    private void FinishPage()
    {
        var rows = _page.AsSpan(Run<TRow>.PageHeaderBytes);
        rows[(_rowsInPage * Unsafe.SizeOf<TRow>())..].Clear();
        MemoryMarshal.Write(_page, (uint)_rowsInPage);
        MemoryMarshal.Write(_page.AsSpan(sizeof(uint)), Checksum.Of(rows, (uint)_rowsInPage));
        _file.Write(_page);
        _rowsInPage = 0;
    }
}
