using System.Numerics;

namespace Settle.Paper.Pdf;

/// <summary>
/// Packs bytes in zlib's format (RFC 1950), with the fixed codes of RFC 1951. The framework's own
/// packer may give other bytes on another machine or in another version; this one never does.
/// </summary>
internal sealed class Deflate
{
    private const int HashBits = 15;
    private const int Window = 32 * 1024;
    private const int LengthMin = 3;
    private const int LengthMax = 258;
    private const int TriesMax = 24;

    private static readonly int[] LengthBases =
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
    ];

    private static readonly int[] DistanceBases =
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ];

    private static readonly (uint Code, int Length)[] Symbols =
        [.. Enumerable.Range(0, 288).Select(Symbol)];

    private static readonly uint[] DistanceSymbols =
        [.. Enumerable.Range(0, 30).Select(code => Reverse((uint)code, 5))];

    private static readonly byte[] LengthCodes =
    [
        .. Enumerable.Range(0, LengthMax + 1).Select(length =>
            (byte)int.Max(0, LengthBases.Count(start => start <= length) - 1)),
    ];

    private const int KeptMax = 256 * 1024;

    // The tables are large: each thread keeps its own.
    [ThreadStatic]
    private static Deflate? _ofThread;

    private readonly int[] _heads = new int[1 << HashBits];
    private byte[] _data = [];
    private int[] _previous = [];
    private byte[] _output = [];

    // A head below it is of data that was packed before.
    private int _base = 1;
    private int _length;
    private ulong _bits;
    private int _bitCount;

    public static byte[] Pack(byte[] data)
    {
        var packer = data.Length <= KeptMax ? _ofThread ??= new Deflate() : new Deflate();
        packer.Begin(data);
        var packed = packer.Pack();
        packer._data = [];
        return packed;
    }

    private void Begin(byte[] data)
    {
        if (_base > int.MaxValue - _data.Length - (2 * data.Length))
        {
            Array.Clear(_heads);
            _base = 1;
        }
        _data = data;
        (_length, _bits, _bitCount) = (0, 0, 0);
        if (_previous.Length < data.Length) _previous = new int[data.Length];
        if (_output.Length < (data.Length / 2) + 64) _output = new byte[(data.Length / 2) + 64];
    }

    private byte[] Pack()
    {
        Add(0x78);
        Add(0x9C);
        // The one block is the last one, with fixed codes.
        Write(0b011, 3);
        var at = 0;
        while (at < _data.Length)
        {
            var length = FindMatch(at, out var distance);
            if (length < LengthMin)
            {
                WriteSymbol(_data[at]);
                Remember(at++);
                continue;
            }
            WriteMatch(length, distance);
            for (var end = at + length; at < end; at++) Remember(at);
        }
        WriteSymbol(256);
        Write(0, 7);
        var checksum = Adler32();
        for (var shift = 24; shift >= 0; shift -= 8) Add((byte)(checksum >> shift));
        _base += _data.Length;
        return _output[.._length];
    }

    private int FindMatch(int at, out int distance)
    {
        distance = 0;
        if (at + LengthMin > _data.Length) return 0;
        var best = 0;
        var limit = Math.Min(LengthMax, _data.Length - at);
        var candidate = _heads[Hash(at)] - _base;
        for (var tries = 0; tries < TriesMax && candidate >= 0 && at - candidate <= Window; tries++)
        {
            var length = _data.AsSpan(candidate, limit)
                .CommonPrefixLength(_data.AsSpan(at, limit));
            if (length > best)
            {
                best = length;
                distance = at - candidate;
                if (length == limit) break;
            }
            candidate = _previous[candidate];
        }
        return best;
    }

    private void Remember(int at)
    {
        if (at + LengthMin > _data.Length) return;
        var hash = Hash(at);
        _previous[at] = _heads[hash] - _base;
        _heads[hash] = _base + at;
    }

    private int Hash(int at) => (int)((uint)((_data[at] | (_data[at + 1] << 8)
        | (_data[at + 2] << 16)) * 0x9E3779B1u) >> (32 - HashBits));

    private void WriteMatch(int length, int distance)
    {
        var code = LengthCodes[length];
        WriteSymbol(257 + code);
        var extra = code is < 8 or 28 ? 0 : (code / 4) - 1;
        Write((uint)(length - LengthBases[code]), extra);
        var far = DistanceCode(distance);
        Write(DistanceSymbols[far], 5);
        extra = far < 4 ? 0 : (far / 2) - 1;
        Write((uint)(distance - DistanceBases[far]), extra);
    }

    // Each power of two has two codes.
    private static int DistanceCode(int distance)
    {
        if (distance <= 4) return distance - 1;
        var power = BitOperations.Log2((uint)(distance - 1));
        return (2 * power) + (((distance - 1) >> (power - 1)) & 1);
    }

    private void WriteSymbol(int symbol)
    {
        var (code, length) = Symbols[symbol];
        Write(code, length);
    }

    private static (uint Code, int Length) Symbol(int symbol)
    {
        var (code, length) = symbol switch
        {
            < 144 => (0x30 + symbol, 8),
            < 256 => (0x190 + symbol - 144, 9),
            < 280 => (symbol - 256, 7),
            _ => (0xC0 + symbol - 280, 8),
        };
        return (Reverse((uint)code, length), length);
    }

    private static uint Reverse(uint code, int length)
    {
        var reversed = 0u;
        for (var i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
        return reversed;
    }

    private void Write(uint bits, int count)
    {
        _bits |= (ulong)bits << _bitCount;
        for (_bitCount += count; _bitCount >= 8; _bitCount -= 8, _bits >>= 8)
            Add((byte)_bits);
    }

    private void Add(byte value)
    {
        if (_length == _output.Length) Array.Resize(ref _output, _length * 2);
        _output[_length++] = value;
    }

    private uint Adler32()
    {
        uint low = 1, high = 0;
        for (var at = 0; at < _data.Length;)
        {
            // So many bytes do not overflow.
            for (var end = Math.Min(_data.Length, at + 5552); at < end; at++)
            {
                low += _data[at];
                high += low;
            }
            low %= 65521;
            high %= 65521;
        }
        return (high << 16) | low;
    }
}
