namespace Settle.Chain;

/// <summary>
/// The canonical form of JSON (RFC 8785) for what occurs on the chain: strings, integers of at most
/// 2^53-1, booleans, null, arrays and objects.
/// </summary>
internal static class CanonicalJson
{
    private const int DepthMax = 64;

    /// <summary>
    /// Rewrites JSON in its canonical form, leaving out some members of the outermost object.
    /// </summary>
    /// <exception cref="FormatException">It is not JSON, or holds what cannot occur on a
    /// chain.</exception>
    public static byte[] Canonicalize(
        ReadOnlyMemory<byte> json, params ReadOnlySpan<string> leaveOut)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = DepthMax,
                AllowDuplicateProperties = false,
            });
            var buffer = new JsonBuffer(json.Length + 16);
            Write(buffer, document.RootElement, leaveOut);
            return buffer.Written.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"no canonical JSON: {e.Message}", e);
        }
    }

    private static void Write(JsonBuffer buffer, JsonElement element, ReadOnlySpan<string> leaveOut)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(buffer, element, leaveOut);
                break;
            case JsonValueKind.Array:
                buffer.Raw("["u8);
                var separate = false;
                foreach (var item in element.EnumerateArray())
                {
                    if (separate) buffer.Raw(","u8);
                    separate = true;
                    Write(buffer, item, []);
                }
                buffer.Raw("]"u8);
                break;
            case JsonValueKind.String:
                buffer.String(Encoding.UTF8.GetBytes(element.GetString()!));
                break;
            case JsonValueKind.Number:
                if (!element.TryGetInt64(out var number)
                    || number is > Limits.AmountMax or < -Limits.AmountMax)
                {
                    throw new FormatException(
                        $"'{element.GetRawText()}' is not an integer of at most 2^53-1");
                }
                buffer.Number(number);
                break;
            case JsonValueKind.True:
                buffer.Raw("true"u8);
                break;
            case JsonValueKind.False:
                buffer.Raw("false"u8);
                break;
            default:
                buffer.Raw("null"u8);
                break;
        }
    }

    private static void WriteObject(
        JsonBuffer buffer, JsonElement element, ReadOnlySpan<string> leaveOut)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            if (!leaveOut.Contains(member.Name)) members.Add(member.Name, member.Value);
        buffer.Raw("{"u8);
        var separate = false;
        foreach (var (name, value) in members)
        {
            if (separate) buffer.Raw(","u8);
            separate = true;
            buffer.String(Encoding.UTF8.GetBytes(name));
            buffer.Raw(":"u8);
            Write(buffer, value, []);
        }
        buffer.Raw("}"u8);
    }
}
