using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Chain;

/// <summary>Reads the entries of a canonical block back into requests.</summary>
internal static class EntryReader
{
    /// <summary>Reads the entry that begins at the first byte and adds it to the batch.</summary>
    /// <returns>How many bytes it takes.</returns>
    /// <exception cref="FormatException">This version knows no such entry.</exception>
    public static int Read(ReadOnlySpan<byte> json, RequestBatch batch)
    {
        var length = ReadPlainTransfer(json, batch);
        if (length > 0) return length;
        try
        {
            return ReadMembers(json, batch);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"no entry: {e.Message}", e);
        }
    }

    private static int ReadMembers(ReadOnlySpan<byte> json, RequestBatch batch)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("expected an object");
        ref var entry = ref batch.Add(default);
        var (at, kinds, always) = (0, KindSet.All, 0);
        var (hasTerms, hasBilling, hasSite) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            var member = EntryMembers.Next(key, reader.TokenType, ref at, out var having);
            if (!hasTerms && having == KindSet.Account)
            {
                batch.AddTerms(ref entry);
                hasTerms = true;
            }
            if (!hasBilling && (having & ~KindSet.Billing) == 0)
            {
                batch.AddBilling(ref entry);
                hasBilling = true;
            }
            if (!hasSite && (having & ~KindSet.Sited) == 0)
            {
                batch.AddSite(ref entry);
                hasSite = true;
            }
            member.Read(ref reader, json, batch, ref entry);
            kinds &= having;
            if (member.Encoding is MemberEncoding.Status or MemberEncoding.Kind) always++;
        }
        // An id, a status and a type.
        var isAsked = entry.Kind.IsAsked();
        if (always != (isAsked ? 2 : 1) || (isAsked && entry.Id.IsEmpty))
            throw new FormatException("has no id, status or type");
        if (!kinds.Has(entry.Kind))
            throw new FormatException($"has a member that no {entry.Kind.Text()} has");
        if (!hasTerms && entry.Kind == EntryKind.Account) batch.AddTerms(ref entry);
        if (!hasBilling && entry.Kind.IsBilling()) batch.AddBilling(ref entry);
        if (!hasSite && KindSet.Sited.Has(entry.Kind)) batch.AddSite(ref entry);
        entry.IdHash = KeyHash.Of(batch.Bytes(entry.Id));
        return (int)reader.BytesConsumed;
    }

    // Nearly every entry is a plain transfer; read as its writer wrote it, it costs a fifth.
    private static int ReadPlainTransfer(ReadOnlySpan<byte> json, RequestBatch batch)
    {
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
        ref var entry = ref batch.Add(EntryKind.Transfer);
        entry.Amount = amount;
        if (!asset.IsEmpty) entry.Asset = batch.Append(asset);
        entry.From = batch.Append(from);
        entry.Id = batch.Append(id);
        if (!timestamp.IsEmpty) entry.Timestamp = batch.Append(timestamp);
        entry.To = batch.Append(to);
        entry.IdHash = KeyHash.Of(id);
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
