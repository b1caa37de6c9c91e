using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Settle.Settling;

/// <summary>
/// Ids that nobody has used: UUIDs of version 7, in hexadecimal. Their random part is fetched for
/// many at once: asking the kernel each time took a tenth of a payment.
/// </summary>
internal static class NewIds
{
    private const int RandomBytes = 10;
    private const int Fetched = 128;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    public static string Next()
    {
        var id = (stackalloc byte[16]);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64BigEndian(id, now << 16);
        TakeRandom(id[^RandomBytes..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return Convert.ToHexStringLower(id);
    }

    private static void TakeRandom(Span<byte> bytes)
    {
        var random = _random ??= new byte[Fetched * RandomBytes];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(random);
            _left = Fetched;
        }
        random.AsSpan(--_left * RandomBytes, RandomBytes).CopyTo(bytes);
    }
}
