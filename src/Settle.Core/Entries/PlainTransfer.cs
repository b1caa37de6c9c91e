using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Chain;

/// <summary>
/// A successful transfer as nearly every entry is one, read as its writer wrote it: no memo, no
/// signature, and no text that JSON escapes. The texts are empty where it has none.
/// </summary>
internal readonly ref struct PlainTransfer
{
    public required long Amount { get; init; }
    public required ReadOnlySpan<byte> Asset { get; init; }
    public required ReadOnlySpan<byte> From { get; init; }
    public required ReadOnlySpan<byte> Id { get; init; }
    public required ReadOnlySpan<byte> Timestamp { get; init; }
    public required ReadOnlySpan<byte> To { get; init; }

    /// <summary>Reads the entry that begins at the first byte.</summary>
    /// <returns>How many bytes it takes; 0 when it is another entry.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> json, out PlainTransfer transfer)
    {
        transfer = default;
        var at = 0;
        if (!Take(json, ref at, "{\"amount\":"u8)
            || !Utf8Parser.TryParse(json[at..], out long amount, out var digits))
        {
            return 0;
        }
        at += digits;
        ReadOnlySpan<byte> asset = default, timestamp = default;
        if (Take(json, ref at, ",\"asset\":\""u8) && !TakeText(json, ref at, out asset)) return 0;
        if (!Take(json, ref at, ",\"from\":\""u8) || !TakeText(json, ref at, out var from))
            return 0;
        if (!Take(json, ref at, ",\"id\":\""u8) || !TakeText(json, ref at, out var id)) return 0;
        if (!Take(json, ref at, ",\"status\":\"successful\""u8)) return 0;
        if (Take(json, ref at, ",\"timestamp\":\""u8) && !TakeText(json, ref at, out timestamp))
            return 0;
        if (!Take(json, ref at, ",\"to\":\""u8) || !TakeText(json, ref at, out var to)) return 0;
        if (!Take(json, ref at, ",\"type\":\"transfer\"}"u8)) return 0;
        transfer = new PlainTransfer
        {
            Amount = amount, Asset = asset, From = from, Id = id, Timestamp = timestamp, To = to,
        };
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Take(ReadOnlySpan<byte> json, scoped ref int at, ReadOnlySpan<byte> literal)
    {
        if (!json[at..].StartsWith(literal)) return false;
        at += literal.Length;
        return true;
    }

    private static bool TakeText(
        ReadOnlySpan<byte> json, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        var rest = json[at..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        text = end <= 0 ? default : rest[..end];
        at += end + 1;
        return end > 0 && rest[end] == '"';
    }
}
