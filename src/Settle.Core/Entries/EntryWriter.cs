using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Chain;

/// <summary>
/// Writes a decided entry as canonical JSON: the members of its kind in their order.
/// </summary>
internal static class EntryWriter
{
    /// <summary>What an entry can take beside its texts.</summary>
    public const int OverheadBytesMax = 512;

    /// <param name="json">Where it is written to.</param>
    /// <param name="batch">The entry's texts.</param>
    /// <param name="entry">What was decided.</param>
    /// <param name="version">The newest format that it may need (C8).</param>
    /// <returns>The oldest format that has all that was written.</returns>
    public static int Write(JsonBuffer json, RequestBatch batch, in Request entry, int version)
    {
        if (entry is { Kind: EntryKind.Transfer, Refusal: RefusalCode.None }
            && IsPlain(batch, entry))
        {
            WritePlainTransfer(json, batch, entry);
            return 1;
        }
        var isOpen = false;
        var needed = int.Max(entry.Kind.Since(), entry.Rules);
        foreach (var member in EntryMembers.Of(entry.Kind))
        {
            if (version >= member.Since
                && member.Write(json, batch, ref Unsafe.AsRef(in entry), ref isOpen))
                needed = int.Max(needed, member.Since);
        }
        json.Raw("}"u8);
        return needed;
    }

    // Nearly every entry is this one, so it is written with one check for room.
    private static void WritePlainTransfer(JsonBuffer json, RequestBatch batch, in Request entry)
    {
        var to = json.Reserve(OverheadBytesMax
            + entry.From.Length + entry.To.Length + entry.Id.Length + entry.Asset.Length);
        var at = Put(to, 0, "{\"amount\":"u8);
        Utf8Formatter.TryFormat(entry.Amount, to[at..], out var digits);
        at += digits;
        if (!entry.Asset.IsEmpty)
        {
            at = Put(to, at, ",\"asset\":\""u8);
            at = Put(to, at, batch.Bytes(entry.Asset));
            to[at++] = (byte)'"';
        }
        at = Put(to, at, ",\"from\":\""u8);
        at = Put(to, at, batch.Bytes(entry.From));
        at = Put(to, at, "\",\"id\":\""u8);
        at = Put(to, at, batch.Bytes(entry.Id));
        at = Put(to, at, "\",\"status\":\"successful\""u8);
        if (!entry.Timestamp.IsEmpty)
        {
            at = Put(to, at, ",\"timestamp\":\""u8);
            at = Put(to, at, batch.Bytes(entry.Timestamp));
            to[at++] = (byte)'"';
        }
        at = Put(to, at, ",\"to\":\""u8);
        at = Put(to, at, batch.Bytes(entry.To));
        at = Put(to, at, "\",\"type\":\"transfer\"}"u8);
        json.Advance(at);
    }

    // The only printable characters that JSON escapes are the quote and the backslash.
    private static bool IsPlain(RequestBatch batch, in Request entry) =>
        entry.Memo.IsEmpty && entry.Meta.IsEmpty && entry.Author.IsEmpty
        && !batch.Bytes(entry.From).ContainsAny((byte)'"', (byte)'\\')
        && !batch.Bytes(entry.To).ContainsAny((byte)'"', (byte)'\\')
        && !batch.Bytes(entry.Id).ContainsAny((byte)'"', (byte)'\\');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }
}
