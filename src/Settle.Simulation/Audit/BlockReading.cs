using System.Security.Cryptography;

namespace Settle.Simulation;

/// <summary>Reads blocks with nothing of the product.</summary>
internal static class BlockReading
{
    /// <param name="stored">A canonical body, or as CouchDB keeps it.</param>
    public static AuditedBlock Read(ReadOnlyMemory<byte> stored)
    {
        var body = TableReading.Expand(stored);
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var height = root.GetProperty("height").GetInt64();
        var entries = root.GetProperty("entries").EnumerateArray()
            .Select((entry, at) => new AuditedEntry(entry, height, at)).ToList();
        var hash = root.GetProperty("hash").GetString()!;
        return new AuditedBlock(height, root.GetProperty("prev").GetString()!, hash,
            HashOf(body.Span, root.GetProperty("_id").GetString()!, hash),
            DateTimeOffset.Parse(root.GetProperty("time").GetString()!,
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            entries);
    }

    // The body is canonical, so leaving two members out leaves canonical JSON.
    private static string HashOf(ReadOnlySpan<byte> body, string id, string hash)
    {
        var text = Encoding.UTF8.GetString(body)
            .Replace($"\"_id\":\"{id}\",", "", StringComparison.Ordinal)
            .Replace($",\"hash\":\"{hash}\"", "", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
