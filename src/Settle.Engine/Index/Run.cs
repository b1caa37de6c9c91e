using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Settle.Index;

/// <summary>
/// An immutable sorted file of rows: pages with a checksum each, then the place of every page's
/// first row and, for ids, a <see cref="Bloom"/> filter. Random keys cost it nothing more than
/// ordered ones.
/// </summary>
internal sealed class Run<TRow> : IDisposable
    where TRow : unmanaged, IRunRow
{
    public const int PageBytes = 4 * 1024;
    public const int PageHeaderBytes = 8;

    private readonly IRunFile _file;
    private readonly string _place;
    private readonly RunPlace[] _firsts;
    private readonly Bloom? _bloom;

    private Run(
        IRunFile file, string name, string place, long rows, RunPlace[] firsts, Bloom? bloom) =>
        (_file, Name, _place, Rows, _firsts, _bloom) = (file, name, place, rows, firsts, bloom);

    public static int RowsPerPage => (PageBytes - PageHeaderBytes) / Unsafe.SizeOf<TRow>();

    /// <summary>The file's name.</summary>
    public string Name { get; }

    public long Rows { get; }

    public int Pages => _firsts.Length;

    /// <exception cref="IndexDamagedException">
    /// The file is missing or not what was written.
    /// </exception>
    public static Run<TRow> Open(IFolder folder, RunInfo info)
    {
        var place = $"{folder.Path}: {info.File}";
        IRunFile? file = null;
        try
        {
            file = folder.Open(info.File);
            return Open(file, place, info);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException
                or OverflowException)
        {
            file?.Dispose();
            throw new IndexDamagedException($"{place}: {e.Message}", e);
        }
        catch (IndexDamagedException)
        {
            file?.Dispose();
            throw;
        }
    }

    public void Prefetch(ulong key) => _bloom?.Prefetch(key);

    /// <summary>Whether the key may be here; a false "no" never happens.</summary>
    public bool MayHold(ulong key) => _bloom?.MayHold(key) ?? true;

    /// <inheritdoc cref="Bloom.MayHold(ulong, Vector256{uint})"/>
    public bool MayHold(ulong key, Vector256<uint> mask) => _bloom?.MayHold(key, mask) ?? true;

    /// <summary>The rows of a key before a location, newest first.</summary>
    /// <exception cref="IndexDamagedException">A page is not what was written.</exception>
    public IEnumerable<TRow> Backward(ulong key, EntryLocation before)
    {
        var end = new RunPlace(key, before);
        var buffer = ArrayPool<byte>.Shared.Rent(PageBytes);
        try
        {
            var page = RunPlace.CountBefore<RunPlace>(_firsts, end) - 1;
            for (var isFirst = true; page >= 0; page--, isFirst = false)
            {
                var rows = ReadPage(page, buffer);
                var count = isFirst ? RunPlace.CountBefore(rows, end) : rows.Length;
                for (var i = count - 1; i >= 0; i--)
                {
                    var row = RowIn(buffer, i);
                    if (row.Key != key) yield break;
                    yield return row;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The rows of a page, in the buffer.</summary>
    /// <exception cref="IndexDamagedException">The page is not what was written.</exception>
    public ReadOnlySpan<TRow> ReadPage(int page, byte[] buffer)
    {
        ReadPages(page, buffer.AsSpan(0, PageBytes));
        return CheckPage(page, buffer.AsSpan(0, PageBytes));
    }

    /// <summary>
    /// Reads as many pages as the buffer holds and the run has; <see cref="CheckPage"/> then gives
    /// the rows of each.
    /// </summary>
    /// <exception cref="IndexDamagedException">They cannot be read.</exception>
    public int ReadPages(int first, Span<byte> buffer)
    {
        var count = int.Min(buffer.Length / PageBytes, Pages - first);
        try
        {
            ReadExactly(_file, buffer[..(count * PageBytes)], (long)first * PageBytes);
            return count;
        }
        catch (IOException e)
        {
            throw new IndexDamagedException($"{_place}: {e.Message}", e);
        }
    }

    /// <summary>The rows of a page that was read.</summary>
    /// <exception cref="IndexDamagedException">The page is not what was written.</exception>
    public ReadOnlySpan<TRow> CheckPage(int page, ReadOnlySpan<byte> bytes)
    {
        var count = MemoryMarshal.Read<uint>(bytes);
        var rows = bytes[PageHeaderBytes..PageBytes];
        // No page is written empty; one of zeros would have the right sum.
        if (count == 0 || count > RowsPerPage
            || MemoryMarshal.Read<uint>(bytes[sizeof(uint)..]) != Checksum.Of(rows, count))
            throw new IndexDamagedException($"{_place} has a damaged page {page}");
        return MemoryMarshal.Cast<byte, TRow>(rows)[..(int)count];
    }

    public void Dispose() => _file.Dispose();

    private static TRow RowIn(byte[] page, int number) =>
        MemoryMarshal.Cast<byte, TRow>(page.AsSpan(PageHeaderBytes))[number];

    private static Run<TRow> Open(IRunFile file, string place, RunInfo info)
    {
        var length = file.Length;
        var footer = default(RunFooter);
        ReadExactly(file, MemoryMarshal.AsBytes(new Span<RunFooter>(ref footer)),
            length - Unsafe.SizeOf<RunFooter>());
        var placesAt = checked(footer.Pages * PageBytes);
        var bloomAt = checked(placesAt + (footer.Pages * Unsafe.SizeOf<RunPlace>()));
        if (footer.Magic != RunFooter.Mark || footer.Rows != info.Rows || footer.BloomBytes < 0
            || length != checked(bloomAt + footer.BloomBytes + Unsafe.SizeOf<RunFooter>()))
        {
            throw new IndexDamagedException($"{place} is not the run that was written");
        }
        var firsts = new RunPlace[footer.Pages];
        var bloom = footer.BloomBytes == 0 ? null : Bloom.OfBytes(footer.BloomBytes);
        ReadExactly(file, MemoryMarshal.AsBytes(firsts.AsSpan()), placesAt);
        if (bloom is not null) ReadExactly(file, bloom.Bytes, bloomAt);
        if (footer.Crc != RunFooter.Sum(firsts, bloom))
            throw new IndexDamagedException($"{place} has a damaged directory");
        return new Run<TRow>(file, info.File, place, footer.Rows, firsts, bloom);
    }

    private static void ReadExactly(IRunFile file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = offset < 0 ? 0 : file.Read(bytes, offset);
            if (read == 0) throw new EndOfStreamException("the file is cut");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
