namespace Settle.Server;

/// <summary>Names in addresses: percent-encoded UTF-8.</summary>
internal static class PathNames
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes one segment of a path.</summary>
    /// <exception cref="InvalidRequestException">It is not percent-encoded UTF-8.</exception>
    public static string Decode(string segment, string field)
    {
        if (!segment.Contains('%', StringComparison.Ordinal)) return segment;
        var bytes = new byte[segment.Length];
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '%')
            {
                bytes[length++] = (byte)segment[i];
                continue;
            }
            if (i + 2 >= segment.Length || !byte.TryParse(segment.AsSpan(i + 1, 2),
                    NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                    out bytes[length]))
            {
                throw NotEncoded(field);
            }
            length++;
            i += 2;
        }
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw NotEncoded(field);
        }
    }

    /// <summary>Encodes a name for a path.</summary>
    public static string Encode(string name) => Uri.EscapeDataString(name);

    private static InvalidRequestException NotEncoded(string field) =>
        new(field, "must be percent-encoded UTF-8 in the address");
}
