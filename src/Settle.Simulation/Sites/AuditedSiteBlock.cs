namespace Settle.Simulation;

/// <summary>A block of a site, read without any code of the product's rules.</summary>
/// <param name="Site">Whose it is.</param>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Prev">The hash of the one below.</param>
/// <param name="Time">Its time, microseconds since 1970.</param>
/// <param name="Advanced">What it has newly read, by site.</param>
/// <param name="Entries">Its entries.</param>
internal sealed record AuditedSiteBlock(
    string Site, long Height, string Hash, string Prev, long Time,
    IReadOnlyDictionary<string, (long Height, string Hash)> Advanced,
    IReadOnlyList<JsonElement> Entries)
{
    /// <summary>How far its writer had read each site, itself left out.</summary>
    public Dictionary<string, long> Seen { get; } = new(StringComparer.Ordinal);

    public static AuditedSiteBlock Read(ReadOnlyMemory<byte> body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        var advanced = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
        if (root.TryGetProperty("seen", out var seen))
        {
            foreach (var mark in seen.EnumerateObject())
            {
                advanced.Add(mark.Name, (mark.Value.GetProperty("height").GetInt64(),
                    mark.Value.GetProperty("hash").GetString()!));
            }
        }
        var said = root.GetProperty("time").GetString();
        if (!Chain.ChainTime.TryParse(said, out var time))
            throw new FormatException($"'{said}' is not a time of a block");
        return new AuditedSiteBlock(root.GetProperty("site").GetString()!,
            root.GetProperty("height").GetInt64(), root.GetProperty("hash").GetString()!,
            root.GetProperty("prev").GetString()!, time, advanced,
            [.. root.GetProperty("entries").EnumerateArray()]);
    }

    public override string ToString() => $"{Site}:{Height}";
}
