using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Settle.Chain;

namespace Settle.Index;

/// <summary>
/// An immutable sorted file of rows: pages with a checksum each, then the first key of every page and,
/// for ids, a <see cref="Bloom"/> filter. Random keys cost it nothing more than ordered ones.
/// </summary>
internal sealed class Run<TRow> : IDisposable
    where TRow : unmanaged, IRunRow
{
    public const int PageBytes = 16 * 1024;
    public const int PageHeaderBytes = 8;

    private readonly SafeFileHandle _file;
    private readonly ulong[] _firstKeys;
    private readonly Bloom? _bloom;

    private Run(SafeFileHandle file, string path, RunFooter footer, ulong[] firstKeys, Bloom? bloom) =>
        (_file, Path, Rows, _firstKeys, _bloom) = (file, path, footer.Rows, firstKeys, bloom);

    public static int RowsPerPage => (PageBytes - PageHeaderBytes) / Unsafe.SizeOf<TRow>();

    public string Path { get; }

    public long Rows { get; }

    public int Pages => _firstKeys.Length;

    /// <exception cref="IndexDamagedException">The file is missing or not what was written.</exception>
    public static Run<TRow> Open(string folder, RunInfo info)
    {
        var path = System.IO.Path.Combine(folder, info.File);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
            var footerBytes = Unsafe.SizeOf<RunFooter>();
            var length = RandomAccess.GetLength(file);
            var footer = default(RunFooter);
            ReadExactly(file, MemoryMarshal.AsBytes(new Span<RunFooter>(ref footer)), length - footerBytes);
            var tables = checked((footer.Pages * sizeof(ulong)) + footer.BloomBytes);
            if (footer.Magic != RunFooter.Mark || footer.Rows != info.Rows
                || length != checked((footer.Pages * PageBytes) + tables + footerBytes))
            {
                throw new IndexDamagedException($"{path} is not the run that was written");
            }
            var bytes = new byte[tables];
            ReadExactly(file, bytes, footer.Pages * PageBytes);
            var keys = bytes.AsSpan(0, (int)footer.Pages * sizeof(ulong));
            var bloom = bytes.AsSpan(keys.Length);
            if (Checksum.Of(bloom, Checksum.Of(keys)) != footer.Crc)
                throw new IndexDamagedException($"{path} has a damaged directory");
            return new Run<TRow>(file, path, footer, MemoryMarshal.Cast<byte, ulong>(keys).ToArray(),
                bloom.IsEmpty ? null : Bloom.FromBytes(bloom));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
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

    /// <summary>Adds the rows of a key, newest first, until there are enough.</summary>
    /// <param name="key">The key.</param>
    /// <param name="before">Only rows before this location.</param>
    /// <param name="take">Takes a row; false when it wants no more.</param>
    /// <returns>False when <paramref name="take"/> said so.</returns>
    public bool ReadBackward(ulong key, EntryLocation before, Func<TRow, bool> take)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PageBytes);
        try
        {
            for (var page = LastPage(key); page >= 0; page--)
            {
                var rows = ReadPage(page, buffer);
                for (var i = rows.Length - 1; i >= 0; i--)
                {
                    if (rows[i].Key > key || (rows[i].Key == key && rows[i].Location.Packed >= before.Packed)) continue;
                    if (rows[i].Key < key) return true;
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
        try
        {
            ReadExactly(_file, buffer.AsSpan(0, PageBytes), (long)page * PageBytes);
        }
        catch (IOException e)
        {
            throw new IndexDamagedException($"{Path}: {e.Message}", e);
        }
        var count = MemoryMarshal.Read<uint>(buffer);
        var rows = buffer.AsSpan(PageHeaderBytes, PageBytes - PageHeaderBytes);
        if (count > RowsPerPage || MemoryMarshal.Read<uint>(buffer.AsSpan(sizeof(uint))) != Checksum.Of(rows, count))
            throw new IndexDamagedException($"{Path} has a damaged page {page}");
        return MemoryMarshal.Cast<byte, TRow>(rows)[..(int)count];
    }

    public void Dispose() => _file.Dispose();

    // The last page whose first key is not above the key: rows of one key may begin pages before.
    private int LastPage(ulong key)
    {
        int low = 0, high = _firstKeys.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_firstKeys[middle] <= key) low = middle + 1;
            else high = middle;
        }
        return low - 1;
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
