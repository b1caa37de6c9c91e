using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Server;

/// <summary>
/// Reads a batch as programs write it, without making a single string: members of a transfer in any
/// order, no escapes, no nulls, no meta, an id in each. Anything else, every mistake included, is
/// left to the careful reader, which knows how to explain it.
/// </summary>
internal static class PlainBatch
{
    private const int DigitsMax = 16;

    // The closing quote, a backslash, or a control character, which JSON wants escaped.
    private static readonly SearchValues<byte> EndOfPlain =
        SearchValues.Create(
            [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);

    [Flags]
    private enum Members
    {
        None = 0,
        Id = 1,
        From = 2,
        To = 4,
        Amount = 8,
        Required = Id | From | To | Amount,
        Asset = 16,
        Timestamp = 32,
        Memo = 64,
    }

    /// <summary>
    /// Reads a whole body; false when it is not plain, and the batch is then of no use.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> json, RequestBatch batch)
    {
        // The slices of all requests point into one copy of the body.
        var start = batch.Append(json).Start;
        var at = 0;
        if (!Take(json, ref at, (byte)'[')) return false;
        do
        {
            if (batch.Count == Limits.BatchMax || !TryReadTransfer(json, ref at, start, batch))
                return false;
        }
        while (Take(json, ref at, (byte)','));
        return Take(json, ref at, (byte)']') && SkipSpace(json, at) == json.Length;
    }

    private static bool TryReadTransfer(ReadOnlySpan<byte> json, ref int at, int start,
        RequestBatch batch)
    {
        if (!Take(json, ref at, (byte)'{')) return false;
        ref var request = ref batch.Add(EntryKind.Transfer);
        var seen = Members.None;
        do
        {
            if (!TryReadText(json, ref at, out var key) || !Take(json, ref at, (byte)':'))
                return false;
            var member = Member(json.Slice(key.Start, key.Length));
            if (member == Members.None || (seen & member) != 0) return false;
            seen |= member;
            if (member == Members.Amount)
            {
                if (!TryReadAmount(json, ref at, out request.Amount)) return false;
                continue;
            }
            if (!TryReadText(json, ref at, out var text)) return false;
            Set(ref request, member, new Slice(start + text.Start, text.Length));
        }
        while (Take(json, ref at, (byte)','));
        if ((seen & Members.Required) != Members.Required || !Take(json, ref at, (byte)'}'))
            return false;
        try
        {
            RequestRules.Check(batch, ref request);
            return true;
        }
        catch (InvalidRequestException)
        {
            return false; // The careful reader finds the same mistake and names its place.
        }
    }

    private static void Set(ref Request request, Members member, Slice text)
    {
        switch (member)
        {
            case Members.Id: request.Id = text; break;
            case Members.From: request.From = text; break;
            case Members.To: request.To = text; break;
            case Members.Asset: request.Asset = text; break;
            case Members.Timestamp: request.Timestamp = text; break;
            default: request.Memo = text; break;
        }
    }

    private static Members Member(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 when key.SequenceEqual("id"u8) => Members.Id,
        2 when key.SequenceEqual("to"u8) => Members.To,
        4 when key.SequenceEqual("from"u8) => Members.From,
        4 when key.SequenceEqual("memo"u8) => Members.Memo,
        5 when key.SequenceEqual("asset"u8) => Members.Asset,
        6 when key.SequenceEqual("amount"u8) => Members.Amount,
        9 when key.SequenceEqual("timestamp"u8) => Members.Timestamp,
        _ => Members.None,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Take(ReadOnlySpan<byte> json, ref int at, byte token)
    {
        if ((uint)at >= (uint)json.Length) return false;
        if (json[at] != token)
        {
            at = SkipSpace(json, at);
            if (at == json.Length || json[at] != token) return false;
        }
        at++;
        return true;
    }

    private static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }

    // An empty text would look like an absent one, so it is not plain either.
    private static bool TryReadText(ReadOnlySpan<byte> json, ref int at, out Slice text)
    {
        text = default;
        if (!Take(json, ref at, (byte)'"')) return false;
        var rest = json[at..];
        var length = rest.IndexOfAny(EndOfPlain);
        if (length <= 0 || rest[length] != '"') return false;
        text = new Slice(at, length);
        at += length + 1;
        return true;
    }

    private static bool TryReadAmount(ReadOnlySpan<byte> json, ref int at, out long amount)
    {
        at = SkipSpace(json, at);
        var digits = json[at..];
        digits = digits[..int.Min(digits.Length, DigitsMax + 1)];
        var isNumber = Utf8Parser.TryParse(digits, out amount, out var length)
            && length <= DigitsMax;
        at += length;
        // JSON knows no leading zero, fractions are for the careful reader to refuse.
        return isNumber && amount > 0 && digits[0] != '0' && digits[0] != '+'
            && at < json.Length && json[at] is not ((byte)'.' or (byte)'e' or (byte)'E');
    }
}
