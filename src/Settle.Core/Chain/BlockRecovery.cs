namespace Settle.Chain;

/// <summary>What a person gave their word for, so that a chain can go on with this block.</summary>
/// <param name="SetsClock">
/// That the block's time is right, although it lies before the block below, or far beyond it.
/// </param>
/// <param name="Lost">That the blocks up to this one are lost; null for none.</param>
internal sealed record BlockRecovery(bool SetsClock, LostBlock? Lost)
{
    /// <summary>The format that has it first.</summary>
    public const int Since = 5;

    public void Write(JsonBuffer json)
    {
        json.Raw("{"u8);
        if (SetsClock) json.Raw("\"clock\":true"u8);
        if (Lost is { } lost)
        {
            if (SetsClock) json.Raw(","u8);
            json.Raw("\"lost_hash\":"u8);
            Span<byte> hex = stackalloc byte[BlockHash.TextLength];
            lost.Hash.WriteHex(hex);
            json.String(hex);
            json.Raw(",\"lost_height\":"u8);
            json.Number(lost.Height);
        }
        json.Raw("}"u8);
    }

    /// <exception cref="FormatException">It is not what a writer wrote.</exception>
    public static BlockRecovery Read(JsonElement json)
    {
        var setsClock = json.TryGetProperty("clock", out var clock) && clock.GetBoolean();
        if (!json.TryGetProperty("lost_hash", out var text))
            return new BlockRecovery(setsClock, null);
        if (!BlockHash.TryParse(Encoding.UTF8.GetBytes(text.GetString()!), out var hash))
            throw new FormatException("its recovery names no hash");
        var height = json.GetProperty("lost_height").GetInt64();
        return new BlockRecovery(setsClock, new LostBlock(height, hash));
    }
}
