using System.Buffers;
using System.Buffers.Text;
using Settle.Index;

namespace Settle.State;

/// <summary>
/// What is in the note beside an index. A disk writes so little whole, so that a power cut leaves
/// the old note or the new one.
/// </summary>
internal static class TipFile
{
    public const int Bytes = SumLength + 1 + 20 + 1 + BlockHash.TextLength + 1
        + BlockHash.TextLength + 1 + 20 + 1 + BlockHash.TextLength + 1;

    private const int SumLength = 8;
    private const int HashAt = 21;
    private const int FirstAt = HashAt + BlockHash.TextLength + 1;
    private const int RecoveredAt = FirstAt + BlockHash.TextLength + 1;

    public static void Format(Span<byte> bytes, in KnownTip tip)
    {
        bytes.Fill((byte)' ');
        var body = bytes[(SumLength + 1)..];
        Utf8Formatter.TryFormat(tip.Block.Height, body, out _);
        tip.Block.Hash.WriteHex(body[HashAt..]);
        tip.First.WriteHex(body[FirstAt..]);
        Utf8Formatter.TryFormat(tip.Recovered.Height, body[RecoveredAt..], out _);
        tip.Recovered.Hash.WriteHex(body[(RecoveredAt + HashAt)..]);
        bytes[^1] = (byte)'\n';
        Utf8Formatter.TryFormat(Checksum.Of(body), bytes, out _, new StandardFormat('x', 8));
    }

    /// <summary>Notes a block of a chain that is not open.</summary>
    /// <exception cref="StoreUnavailableException">The note cannot be written.</exception>
    public static void Write(IndexFolder folder, in KnownTip tip)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Format(bytes, tip);
        try
        {
            using var held = folder.TryLock()
                ?? throw new IOException("another program has it, or it is read-only");
            folder.ReplaceNote(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{folder.Files.Path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The newest block that an index's folder knows; 0 for none.</summary>
    public static long HeightIn(IndexFolder folder) => folder.Files.Exists
        ? long.Max(folder.ReadManifest().Height, Read(folder, out _).Block.Height) : 0;

    /// <summary>What is noted; nothing where there is no note, or none that can be read.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="fault">Why it cannot be read; null where it can, or there is none.</param>
    public static KnownTip Read(IndexFolder folder, out string? fault)
    {
        fault = null;
        try
        {
            if (folder.ReadNote(Bytes) is not { } bytes) return default;
            if (TryParse(bytes, out var tip)) return tip;
            fault = "is damaged";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot be read ({e.Message})";
        }
        return default;
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, out KnownTip tip)
    {
        tip = default;
        if (bytes.Length != Bytes) return false;
        var body = bytes[(SumLength + 1)..];
        if (!Utf8Parser.TryParse(bytes, out uint sum, out _, 'x') || sum != Checksum.Of(body)
            || !TryRead(body, out var height, out var hash)
            || !BlockHash.TryParse(body.Slice(FirstAt, BlockHash.TextLength), out var first)
            || !TryRead(body[RecoveredAt..], out var recovered, out var recoveredHash))
            return false;
        tip = new KnownTip(new LostBlock(height, hash), first, (recovered, recoveredHash));
        return height > 0;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out long height, out BlockHash hash)
    {
        hash = BlockHash.None;
        return Utf8Parser.TryParse(text, out height, out _)
            && BlockHash.TryParse(text.Slice(HashAt, BlockHash.TextLength), out hash);
    }
}
