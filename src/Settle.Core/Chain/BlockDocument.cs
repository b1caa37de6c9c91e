namespace Settle.Chain;

/// <summary>
/// A block read back: its layout, its hash and its header are checked before anything of it is
/// used.
/// </summary>
internal sealed class BlockDocument
{
    internal static ReadOnlySpan<byte> EntriesKey => "\"entries\":["u8;
    internal static ReadOnlySpan<byte> HashKey => "],\"hash\":\""u8;
    private static ReadOnlySpan<byte> RevisionKey => "\"_rev\":\""u8;

    private BlockDocument(
        BlockHeader header, ReadOnlyMemory<byte> body, int entriesStart, int entriesEnd) =>
        (Header, Body, EntriesStart, EntriesEnd) = (header, body, entriesStart, entriesEnd);

    public BlockHeader Header { get; }

    /// <summary>
    /// The whole document in canonical form; entry offsets count from its first byte.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The offset of the first entry.</summary>
    public int EntriesStart { get; }

    /// <summary>The offset of the bracket that closes the entries.</summary>
    public int EntriesEnd { get; }

    /// <summary>Reads a block's document.</summary>
    /// <param name="id">The id it was asked for with.</param>
    /// <param name="stored">What the store gave.</param>
    /// <param name="keepsBytes">Whether that must be the canonical form already.</param>
    /// <exception cref="FormatException">It is not what a writer wrote.</exception>
    public static BlockDocument Parse(string id, ReadOnlyMemory<byte> stored, bool keepsBytes)
    {
        if (keepsBytes)
            return TryParse(id, stored, out var why) ?? throw new FormatException(why);
        // Nearly always a store that keeps content gives the writer's bytes and the revision, or
        // the table that was made of them, and the hash proves it: making the canonical form costs
        // ten times as much.
        if (WithoutRevision(id, stored.Span) is { } likely
            && TryParse(id, likely, out _) is { } same)
            return same;
        var table = BlockTableReader.Expand(stored);
        if (table is { } expanded && TryParse(id, expanded, out _) is { } block) return block;
        var body = CanonicalJson.Canonicalize(table ?? stored, "_rev");
        return TryParse(id, body, out var fault) ?? throw new FormatException(fault);
    }

    /// <summary>
    /// A document that begins with its id, its revision and its entries, less the revision.
    /// </summary>
    private static byte[]? WithoutRevision(string id, ReadOnlySpan<byte> stored)
    {
        var head = Encoding.UTF8.GetBytes($"{{\"_id\":\"{id}\",");
        if (!stored.StartsWith(head) || !stored[head.Length..].StartsWith(RevisionKey)) return null;
        var rest = stored[(head.Length + RevisionKey.Length)..];
        var end = rest.IndexOf("\","u8);
        return end < 0 || !rest[(end + 2)..].StartsWith(EntriesKey)
            ? null : [.. head, .. rest[(end + 2)..]];
    }

    /// <returns>The block; null when its layout or its hash is wrong.</returns>
    /// <exception cref="FormatException">Its hash fits, but not what was hashed.</exception>
    private static BlockDocument? TryParse(string id, ReadOnlyMemory<byte> body, out string? fault)
    {
        fault = null;
        var bytes = body.Span;
        var prefix = Encoding.UTF8.GetBytes($"{{\"_id\":\"{id}\",");
        var entriesStart = prefix.Length + EntriesKey.Length;
        var entriesEnd = bytes.LastIndexOf(HashKey);
        var hashStart = entriesEnd + HashKey.Length;
        var tailStart = hashStart + BlockHash.TextLength + 1;
        BlockHash hash = default, actual = default;
        if (!bytes.StartsWith(prefix)) fault = $"does not begin as document {id}";
        else if (!bytes[prefix.Length..].StartsWith(EntriesKey)) fault = "has no entries";
        else if (entriesEnd < entriesStart) fault = "has no hash";
        else if (tailStart >= bytes.Length || bytes[tailStart - 1] != '"'
            || !BlockHash.TryParse(bytes[hashStart..(tailStart - 1)], out hash))
            fault = "its hash is damaged";
        else if ((actual = BlockBuilder.Hash(
            bytes[prefix.Length..(entriesEnd + 1)], bytes[tailStart..])) != hash)
            fault = $"its content has the hash {actual}, but it says {hash}";
        if (fault is not null) return null;
        var header = ReadHeader(bytes[(tailStart + 1)..], hash);
        if (BlockId.Format(header.Site, header.Height) != id)
            throw new FormatException(
                $"is block {header.Height} of site {header.Site}, stored as {id}");
        return new BlockDocument(header, body, entriesStart, entriesEnd);
    }

    private static BlockHeader ReadHeader(ReadOnlySpan<byte> members, BlockHash hash)
    {
        // What stands here was hashed by its writer, so a surprise is a format this version does
        // not know.
        var json = new byte[members.Length + 1];
        json[0] = (byte)'{';
        members.CopyTo(json.AsSpan(1));
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version is < 1 or > BlockHeader.CurrentVersion)
            {
                throw new NewerFormatException($"has format {version} of a newer Settle; this "
                    + $"program reads 1 to {BlockHeader.CurrentVersion}: upgrade it");
            }
            if (!BlockHash.TryParse(
                Encoding.UTF8.GetBytes(root.GetProperty("prev").GetString()!), out var prev))
                throw new FormatException("its prev is not a hash");
            if (!ChainTime.TryParse(root.GetProperty("time").GetString(), out var time))
                throw new FormatException("its time is damaged");
            return new BlockHeader
            {
                Site = root.GetProperty("site").GetString()!,
                Height = root.GetProperty("height").GetInt64(),
                Prev = prev,
                Time = time,
                Writer = root.GetProperty("writer").GetString()!,
                Hash = hash,
                Version = version,
                Recovery = root.TryGetProperty("recovery", out var recovery)
                    ? BlockRecovery.Read(recovery) : null,
                Seen = root.TryGetProperty("seen", out var seen)
                    ? SeenVector.Read(seen) : SeenVector.Empty,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            throw new FormatException($"its header is damaged: {e.Message}", e);
        }
    }
}
