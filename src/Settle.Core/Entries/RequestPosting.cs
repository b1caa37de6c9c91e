namespace Settle;

/// <summary>One posting of a transaction or of what it reverts.</summary>
internal struct RequestPosting
{
    public Slice From;
    public Slice To;
    public Slice Asset;

    /// <inheritdoc cref="Request.AssetGiven"/>
    public Slice AssetGiven;
    public long Amount;
    public int FromPosition;
    public int ToPosition;

    /// <summary>Reads the array that the reader stands at.</summary>
    /// <exception cref="FormatException">It is not one of postings.</exception>
    public static void ReadAll(ref Utf8JsonReader reader, RequestBatch batch, ref Request entry)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ref var posting = ref batch.AddPosting(ref entry);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.ValueSpan;
                reader.Read();
                if (key.SequenceEqual("amount"u8)) posting.Amount = reader.GetInt64();
                else if (key.SequenceEqual("asset"u8)) posting.Asset = Text(ref reader, batch);
                else if (key.SequenceEqual("from"u8)) posting.From = Text(ref reader, batch);
                else if (key.SequenceEqual("to"u8)) posting.To = Text(ref reader, batch);
                else throw new FormatException("a posting has an unknown member");
            }
        }
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new FormatException("expected a posting");
    }

    public static void WriteAll(JsonBuffer json, RequestBatch batch, in Request entry)
    {
        var separator = (byte)'[';
        foreach (ref var posting in batch.Postings(entry))
        {
            json.Raw([separator]);
            separator = (byte)',';
            json.Raw("{\"amount\":"u8);
            json.Number(posting.Amount);
            if (!posting.Asset.IsEmpty)
            {
                json.Raw(",\"asset\":"u8);
                json.String(batch.Bytes(posting.Asset));
            }
            json.Raw(",\"from\":"u8);
            json.String(batch.Bytes(posting.From));
            json.Raw(",\"to\":"u8);
            json.String(batch.Bytes(posting.To));
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }

    /// <summary>Whether two requests have the same postings in the same order.</summary>
    public static bool AreSame(RequestBatch batch, in Request request,
        RequestBatch recordedBatch, in Request recorded)
    {
        var postings = batch.Postings(request);
        var others = recordedBatch.Postings(recorded);
        if (postings.Length != others.Length) return false;
        for (var i = 0; i < postings.Length; i++)
        {
            if (postings[i].Amount != others[i].Amount
                || !IsSame(postings[i].From, others[i].From)
                || !IsSame(postings[i].To, others[i].To)
                || !IsSame(postings[i].Asset, others[i].Asset))
            {
                return false;
            }
        }
        return true;

        bool IsSame(Slice a, Slice b) => batch.Bytes(a).SequenceEqual(recordedBatch.Bytes(b));
    }

    private static Slice Text(ref Utf8JsonReader reader, RequestBatch batch) =>
        reader.TokenType == JsonTokenType.String ? Member.ReadText(ref reader, batch)
            : throw new FormatException("expected a string");
}
