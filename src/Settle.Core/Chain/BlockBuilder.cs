using System.Security.Cryptography;

namespace Settle.Chain;

/// <summary>
/// Builds one block's canonical body: entries first, because the keys are in order, then
/// <see cref="Seal"/> adds the links. Reusable; not thread-safe.
/// </summary>
internal sealed class BlockBuilder(int capacity = 8 * 1024)
{
    // What Seal adds; it must find room, because entries are read back while another thread seals.
    private const int SealBytesMax = 2048;

    // What it adds for each chain that was read.
    private const int SeenBytesMax = 256;

    private readonly JsonBuffer _json = new(capacity);
    private readonly JsonBuffer _tail = new(512);
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _entriesStart;
    private int? _asked;
    private int _needed;
    private SeenVector _seen = SeenVector.Empty;
    private int _sealBytes;

    /// <summary>The id of the block's document.</summary>
    public string Id { get; private set; } = "";

    public long Height { get; private set; }

    public int EntryCount { get; private set; }

    public ReadOnlyMemory<byte> Body => _json.Memory;

    /// <param name="site">Whose chain it is.</param>
    /// <param name="height">Its height.</param>
    /// <param name="version">
    /// The format it must have; null for the oldest that has all its members, so that programs that
    /// know no newer one can read on.
    /// </param>
    /// <param name="seen">What it advances of other chains; null for nothing.</param>
    public void Begin(string site, long height, int? version = null, SeenVector? seen = null)
    {
        _seen = seen ?? SeenVector.Empty;
        _sealBytes = SealBytesMax + (_seen.Marks.Count() * SeenBytesMax);
        (_asked, _needed) = (version, BlockHeader.BaseVersion);
        Id = BlockId.Format(site, height);
        Height = height;
        EntryCount = 0;
        _json.Clear();
        _json.Raw("{\"_id\":"u8);
        _json.String(Encoding.UTF8.GetBytes(Id));
        _json.Raw(","u8);
        _entriesStart = _json.Length;
        _json.Raw("\"entries\":["u8);
        if (!_seen.IsEmpty)
        {
            _needed = int.Max(_needed, BlockHeader.SitesVersion);
            _json.Reserve(_sealBytes);
        }
    }

    /// <summary>Where the next entry will begin.</summary>
    public EntryLocation NextLocation => new(Height, _json.Length + (EntryCount == 0 ? 0 : 1));

    public void Append(RequestBatch batch, in Request entry)
    {
        if (EntryCount++ > 0) _json.Raw(","u8);
        _needed = int.Max(_needed,
            EntryWriter.Write(_json, batch, entry, _asked ?? BlockHeader.CurrentVersion));
        _json.Reserve(_sealBytes);
        if (_json.Length > Limits.BlockBytesMax)
            throw new BrokenInvariantException(
                $"block {Height} outgrew {Limits.BlockBytesMax} bytes");
    }

    /// <summary>Adds the links and the hash; the body is then ready to be stored.</summary>
    public BlockHeader Seal(string site, BlockHash prev, long time, string writer,
        BlockRecovery? recovery = null)
    {
        if (recovery is not null) _needed = int.Max(_needed, recovery.Since);
        var version = _asked ?? _needed;
        _json.Raw("]"u8);
        var entriesEnd = _json.Length;
        var tail = _tail;
        tail.Clear();
        tail.Raw(",\"height\":"u8);
        tail.Number(Height);
        tail.Raw(",\"prev\":"u8);
        WriteHash(tail, prev);
        if (recovery is not null)
        {
            tail.Raw(",\"recovery\":"u8);
            recovery.Write(tail);
        }
        if (!_seen.IsEmpty)
        {
            tail.Raw(",\"seen\":"u8);
            _seen.Write(tail);
        }
        tail.Raw(",\"site\":"u8);
        tail.String(Encoding.UTF8.GetBytes(site));
        tail.Raw(",\"time\":"u8);
        var timeText = (stackalloc byte[ChainTime.TextLength]);
        ChainTime.Write(timeText, time);
        tail.String(timeText);
        tail.Raw(",\"type\":\"block\",\"version\":"u8);
        tail.Number(version);
        tail.Raw(",\"writer\":"u8);
        tail.String(Encoding.UTF8.GetBytes(writer));
        tail.Raw("}"u8);
        var hash = Hash(_sha, _json.Written[_entriesStart..entriesEnd], tail.Written);
        _json.Raw(",\"hash\":"u8);
        WriteHash(_json, hash);
        _json.Raw(tail.Written);
        return new BlockHeader
        {
            Site = site, Height = Height, Prev = prev, Time = time, Writer = writer, Hash = hash,
            Version = version, Recovery = recovery, Seen = _seen,
        };
    }

    /// <summary>
    /// SHA-256 over <c>{</c>, what stands before the hash, and what stands after it.
    /// </summary>
    internal static BlockHash Hash(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> tail)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return Hash(sha, entries, tail);
    }

    private static BlockHash Hash(
        IncrementalHash sha, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> tail)
    {
        sha.AppendData("{"u8);
        sha.AppendData(entries);
        sha.AppendData(tail);
        Span<byte> digest = stackalloc byte[BlockHash.Bytes];
        sha.GetHashAndReset(digest);
        return new BlockHash(digest);
    }

    private static void WriteHash(JsonBuffer json, BlockHash hash)
    {
        Span<byte> hex = stackalloc byte[BlockHash.TextLength];
        hash.WriteHex(hex);
        json.String(hex);
    }
}
