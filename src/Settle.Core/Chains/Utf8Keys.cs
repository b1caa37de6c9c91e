namespace Settle.Chains;

/// <summary>Compares keys that are UTF-8 texts, without making strings of what is looked for.
/// </summary>
internal sealed class Utf8Keys
    : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly Utf8Keys Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => KeyHash.Of(obj).GetHashCode();

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) =>
        alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => KeyHash.Of(alternate).GetHashCode();

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
