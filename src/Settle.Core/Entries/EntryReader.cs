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
        var length = PlainTransfer.Read(json, out var transfer);
        if (length == 0) return 0;
        ref var entry = ref batch.Add(EntryKind.Transfer);
        entry.Amount = transfer.Amount;
        if (!transfer.Asset.IsEmpty) entry.Asset = batch.Append(transfer.Asset);
        entry.From = batch.Append(transfer.From);
        entry.Id = batch.Append(transfer.Id);
        if (!transfer.Timestamp.IsEmpty) entry.Timestamp = batch.Append(transfer.Timestamp);
        entry.To = batch.Append(transfer.To);
        entry.IdHash = KeyHash.Of(transfer.Id);
        return length;
    }
}
