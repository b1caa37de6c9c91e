namespace Settle;

/// <summary>Writes and reads a client's own pairs as a canonical JSON object.</summary>
internal static class MetaWriter
{
    /// <summary>Checks the pairs and adds them to the batch.</summary>
    /// <exception cref="InvalidRequestException">Too many, too long, or not printable.</exception>
    public static Slice Append(RequestBatch batch, IReadOnlyDictionary<string, string>? meta)
    {
        if (meta is null || meta.Count == 0) return default;
        if (meta.Count > Limits.MetaKeysMax)
            throw new InvalidRequestException(
                "meta", $"must have at most {Limits.MetaKeysMax} keys");
        var json = new JsonBuffer(256);
        var separator = (byte)'{';
        foreach (var (key, value) in meta.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.Raw([separator]);
            separator = (byte)',';
            json.String(Utf8("meta", key, Limits.MetaKeyBytesMax, Texts.CheckName));
            json.Raw(":"u8);
            json.String(Utf8($"meta.{key}", value, Limits.MetaValueBytesMax, Texts.CheckText));
        }
        json.Raw("}"u8);
        return batch.Append(json.Written);
    }

    /// <summary>Checks the owners and adds them to the batch as a canonical JSON array.</summary>
    /// <exception cref="InvalidRequestException">Too many, or no names.</exception>
    public static Slice AppendOwners(RequestBatch batch, IReadOnlyList<string>? owners)
    {
        if (owners is null) return default;
        if (owners.Count > Limits.OwnersMax)
            throw new InvalidRequestException("owners", $"must be at most {Limits.OwnersMax}");
        var json = new JsonBuffer(64);
        json.Raw("["u8);
        for (var i = 0; i < owners.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            json.String(Utf8($"owners[{i}]", owners[i], Limits.AccountBytesMax, Texts.CheckName));
        }
        json.Raw("]"u8);
        return batch.Append(json.Written);
    }

    private static byte[] Utf8(string field, string? text, int bytesMax,
        Action<string, ReadOnlySpan<byte>, int> check)
    {
        if (text is null) throw new InvalidRequestException(field, "must be a string");
        byte[] utf8;
        try
        {
            utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new InvalidRequestException(field, "must be valid Unicode");
        }
        check(field, utf8, bytesMax);
        return utf8;
    }
}
