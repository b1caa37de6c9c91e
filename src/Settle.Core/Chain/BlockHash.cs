using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Settle.Chain;

/// <summary>A SHA-256 hash, written as 64 lower-case hexadecimal digits.</summary>
internal readonly struct BlockHash : IEquatable<BlockHash>
{
    public const int Bytes = 32;
    public const int TextLength = 64;

    private readonly Digest _digest;

    public BlockHash(ReadOnlySpan<byte> digest) => digest[..Bytes].CopyTo(_digest);

    /// <summary>What the first block has as <c>prev</c>: all zeros.</summary>
    public static BlockHash None => default;

    public static bool TryParse(ReadOnlySpan<byte> hex, out BlockHash hash)
    {
        Span<byte> digest = stackalloc byte[Bytes];
        hash = default;
        if (hex.Length != TextLength || hex.ContainsAnyInRange((byte)'A', (byte)'F')) return false;
        if (Convert.FromHexString(hex, digest, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = new BlockHash(digest);
        return true;
    }

    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.AsRef(in Unsafe.As<Digest, byte>(ref Unsafe.AsRef(in _digest))), Bytes);

    public void WriteHex(Span<byte> destination) =>
        Convert.TryToHexStringLower(AsSpan(), destination, out _);

    public bool Equals(BlockHash other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <summary>Which of two is smaller, as their digits are.</summary>
    public int CompareWith(BlockHash other) => AsSpan().SequenceCompareTo(other.AsSpan());

    public override bool Equals(object? obj) => obj is BlockHash other && Equals(other);

    public override int GetHashCode() => MemoryMarshal.Read<int>(AsSpan());

    public override string ToString() => Convert.ToHexStringLower(AsSpan());

    public static bool operator ==(BlockHash left, BlockHash right) => left.Equals(right);

    public static bool operator !=(BlockHash left, BlockHash right) => !left.Equals(right);

    [InlineArray(Bytes)]
    private struct Digest
    {
        private byte _first;
    }
}
