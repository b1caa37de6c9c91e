using System.Security.Cryptography;

namespace Settle.Simulation;

/// <summary>The documents beside the chain, which are durable.</summary>
internal sealed class DurableSideDocuments
{
    public SortedDictionary<string, byte[]> Bodies { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The name in the profile that a block names by its hash; null where none has this hash.
    /// </summary>
    public string? NameOf(string hash)
    {
        if (!Bodies.TryGetValue($"profile:{hash}", out var body)) return null;
        if (Convert.ToHexStringLower(SHA256.HashData(body)) != hash) return null;
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("party").GetProperty("name").GetString();
    }
}
