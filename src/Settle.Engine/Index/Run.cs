using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.Win32.SafeHandles;
using Settle.Chain;

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

    private readonly SafeFileHandle _file;
    private readonly RunPlace[] _firsts;
    private readonly Bloom? _bloom;

    private Run(SafeFileHandle file, string path, long rows, RunPlace[] firsts, Bloom? bloom) =>
        (_file, Path, Rows, _firsts, _bloom) = (file, path, rows, firsts, bloom);

    public static int RowsPerPage => (PageBytes - PageHeaderBytes) / Unsafe.SizeOf<TRow>();

    public string Path { get; }

    public long Rows { get; }

    public int Pages => _firsts.Length;

    /// <exception cref="IndexDamagedException">
    /// The file is missing or not what was written.
    /// </exception>
    public static Run<TRow> Open(string folder, RunInfo info)
    {
        var path = System.IO.Path.Combine(folder, info.File);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
            return Open(file, path, info.Rows);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException
                or OverflowException)
        {
            file?.Dispose();
            throw new IndexDamagedException($"{path}: {e.Message}", e);
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

    /// <summary>Adds the rows of a key, newest first, until there are enough.</summary>
    /// <param name="key">The key.</param>
    /// <param name="before">Only rows before this location.</param>
    /// <param name="take">Takes a row; false when it wants no more.</param>
    /// <returns>False when <paramref name="take"/> said so.</returns>
    public bool ReadBackward(ulong key, EntryLocation before, Func<TRow, bool> take)
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
                    if (rows[i].Key != key) return true;
                    if (!take(rows[i])) return false;
                }
            }
            return true;
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
            throw new IndexDamagedException($"{Path}: {e.Message}", e);
        }
    }

    /// <summary>The rows of a page that was read.</summary>
    /// <exception cref="IndexDamagedException">The page is not what was written.</exception>
    public ReadOnlySpan<TRow> CheckPage(int page, ReadOnlySpan<byte> bytes)
    {
        var count = MemoryMarshal.Read<uint>(bytes);
        var rows = bytes[PageHeaderBytes..PageBytes];
        if (count > RowsPerPage
            || MemoryMarshal.Read<uint>(bytes[sizeof(uint)..]) != Checksum.Of(rows, count))
            throw new IndexDamagedException($"{Path} has a damaged page {page}");
        return MemoryMarshal.Cast<byte, TRow>(rows)[..(int)count];
    }

    public void Dispose() => _file.Dispose();

    private static Run<TRow> Open(SafeFileHandle file, string path, long rows)
    {
        var length = RandomAccess.GetLength(file);
        var footer = default(RunFooter);
        ReadExactly(file, MemoryMarshal.AsBytes(new Span<RunFooter>(ref footer)),
            length - Unsafe.SizeOf<RunFooter>());
        var placesAt = checked(footer.Pages * PageBytes);
        var bloomAt = checked(placesAt + (footer.Pages * Unsafe.SizeOf<RunPlace>()));
        if (footer.Magic != RunFooter.Mark || footer.Rows != rows || footer.BloomBytes < 0
            || length != checked(bloomAt + footer.BloomBytes + Unsafe.SizeOf<RunFooter>()))
        {
            throw new IndexDamagedException($"{path} is not the run that was written");
        }
        var firsts = new RunPlace[footer.Pages];
        var bloom = footer.BloomBytes == 0 ? null : Bloom.OfBytes(footer.BloomBytes);
        ReadExactly(file, MemoryMarshal.AsBytes(firsts.AsSpan()), placesAt);
        if (bloom is not null) ReadExactly(file, bloom.Bytes, bloomAt);
        if (footer.Crc != RunFooter.Sum(firsts, bloom))
            throw new IndexDamagedException($"{path} has a damaged directory");
        return new Run<TRow>(file, path, footer.Rows, firsts, bloom);
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = offset < 0 ? 0 : RandomAccess.Read(file, bytes, offset);
            if (read == 0) throw new EndOfStreamException("the file is cut");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
