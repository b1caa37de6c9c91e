namespace Settle.Stores;

/// <summary>Ids as every store orders them: by their UTF-8 bytes.</summary>
internal static class DocumentIds
{
    /// <summary>The longest id a store has to take, in UTF-8 bytes.</summary>
    public const int BytesMax = 512;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The id's bytes. Half a surrogate pair is refused, not replaced.</summary>
    public static byte[] Encode(string id) => Strict.GetBytes(id);

    /// <summary>The id's bytes in the caller's buffer of <see cref="BytesMax"/>.</summary>
    public static ReadOnlySpan<byte> Encode(string id, Span<byte> buffer) =>
        buffer[..Strict.GetBytes(id, buffer)];
}
