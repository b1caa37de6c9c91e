namespace Settle.Chain;

/// <summary>Writes the members of one JSON object; absent texts are left out.</summary>
internal ref struct MemberWriter(JsonBuffer json, RequestBatch batch)
{
    private bool _isOpen;

    /// <summary>
    /// Writes the brace or comma and the key, and gives the buffer for the value.
    /// </summary>
    public JsonBuffer Begin(ReadOnlySpan<byte> key)
    {
        json.Raw(_isOpen ? ","u8 : "{"u8);
        _isOpen = true;
        json.Raw(key);
        return json;
    }

    public void Text(ReadOnlySpan<byte> key, Slice text)
    {
        if (!text.IsEmpty) Begin(key).String(batch.Bytes(text));
    }

    public void Raw(ReadOnlySpan<byte> key, Slice canonicalJson)
    {
        if (!canonicalJson.IsEmpty) Begin(key).Raw(batch.Bytes(canonicalJson));
    }

    public void Literal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ascii) =>
        Begin(key).String(ascii);

    public void Number(ReadOnlySpan<byte> key, long value) => Begin(key).Number(value);

    public void Flag(ReadOnlySpan<byte> key, bool value) =>
        Begin(key).Raw(value ? "true"u8 : "false"u8);

    public void Time(ReadOnlySpan<byte> key, long microseconds)
    {
        var text = (stackalloc byte[ChainTime.TextLength]);
        ChainTime.Write(text, microseconds);
        Begin(key).String(text);
    }

    /// <summary>Closes the object.</summary>
    public readonly void End() => json.Raw("}"u8);
}
