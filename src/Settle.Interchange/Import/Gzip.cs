using System.Buffers.Binary;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Settle.Import;

/// <summary>
/// Unpacks gzip (RFC 1952) whole, or not at all. The framework's reader takes a file that was cut
/// for one that ends there, and the library's takes what follows the end for nothing.
/// </summary>
internal sealed class Gzip
{
    private const int HasHeaderSum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;
    private const string Cut = "is cut off in the middle; get the whole file";

    private readonly string _name;
    private readonly Stream _input;
    private readonly byte[] _packed = new byte[64 * 1024];
    private readonly byte[] _plain = new byte[64 * 1024];
    private int _at;
    private int _end;

    private Gzip(string name, ReadOnlySpan<byte> head, Stream input)
    {
        (_name, _input, _end) = (name, input, head.Length);
        head.CopyTo(_packed);
    }

    /// <summary>Whether a file that begins like this is packed; no CSV file does.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <param name="name">The file's name, for errors.</param>
    /// <param name="head">The bytes that were read already.</param>
    /// <param name="input">The rest.</param>
    /// <param name="output">Takes what was packed.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    /// <exception cref="InvalidRequestException">It is damaged or cut.</exception>
    public static void Unpack(string name, ReadOnlySpan<byte> head, Stream input, Stream output,
        CancellationToken cancellation)
    {
        var gzip = new Gzip(name, head, input);
        // Packed files that are put together are one.
        do gzip.UnpackMember(output, cancellation);
        while (gzip.HasNext());
    }

    private void UnpackMember(Stream output, CancellationToken cancellation)
    {
        SkipHeader();
        var inflater = new Inflater(noHeader: true);
        var sum = new Crc32();
        try
        {
            while (!inflater.IsFinished)
            {
                cancellation.ThrowIfCancellationRequested();
                if (inflater.IsNeedingInput)
                {
                    if (!Fill()) throw Fault(Cut);
                    inflater.SetInput(_packed, _at, _end - _at);
                    _at = _end;
                }
                var count = inflater.Inflate(_plain);
                sum.Update(new ArraySegment<byte>(_plain, 0, count));
                output.Write(_plain, 0, count);
                if (count == 0 && inflater.IsNeedingDictionary) throw Fault("is damaged");
            }
        }
        catch (Exception e) when (e is SharpZipBaseException or IndexOutOfRangeException
            or ArgumentException)
        {
            // The library meets some damage only when it indexes its own tables.
            throw Fault($"is damaged ({e.Message})");
        }
        _at = _end - inflater.RemainingInput;
        Span<byte> foot = stackalloc byte[8];
        foreach (ref var part in foot) part = Next();
        if (BinaryPrimitives.ReadUInt32LittleEndian(foot) != unchecked((uint)sum.Value)
            || BinaryPrimitives.ReadUInt32LittleEndian(foot[4..])
                != unchecked((uint)inflater.TotalOut))
            throw Fault("is damaged: what is in it does not have the sum that it states");
    }

    private void SkipHeader()
    {
        if (Next() != 0x1F || Next() != 0x8B || Next() != 8) throw Fault("is damaged");
        var flags = Next();
        if ((flags & Reserved) != 0) throw Fault("is damaged");
        Skip(6);
        if ((flags & HasExtra) != 0) Skip(Next() | (Next() << 8));
        if ((flags & HasName) != 0) SkipText();
        if ((flags & HasComment) != 0) SkipText();
        if ((flags & HasHeaderSum) != 0) Skip(2);
    }

    // Tapes fill the rest of a block with zeros.
    private bool HasNext()
    {
        var isPadded = false;
        while (Fill())
        {
            if (_packed[_at] == 0)
            {
                (isPadded, _at) = (true, _at + 1);
                continue;
            }
            return !isPadded && _packed[_at] == 0x1F ? true
                : throw Fault("has something else after its end: get the file again");
        }
        return false;
    }

    private byte Next() => Fill() ? _packed[_at++] : throw Fault(Cut);

    private void Skip(int count)
    {
        for (; count > 0; count--) Next();
    }

    private void SkipText()
    {
        while (Next() != 0)
        {
        }
    }

    private bool Fill()
    {
        if (_at == _end) (_at, _end) = (0, _input.Read(_packed));
        return _at < _end;
    }

    private InvalidRequestException Fault(string what) =>
        new("file", $"cannot read {_name}: the gzip file {what}");
}
