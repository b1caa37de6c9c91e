namespace Settle.Chain;

/// <summary>
/// What a person confirmed, so that a chain can go on with this block. An empty one says that
/// blocks may be lost, and nothing was left that names them.
/// </summary>
/// <param name="SetsClock">
/// That the block's time is right, although it lies before the block below, or far beyond it.
/// </param>
/// <param name="ReopensHolds">
/// That holds which only a wrong time ended are open again; before format 8 only those that a
/// jump of more than <see cref="Limits.ClockJumpDays"/> days had ended.
/// </param>
/// <param name="Lost">That the blocks up to this one are lost; null for none.</param>
internal sealed record BlockRecovery(bool SetsClock, bool ReopensHolds, LostBlock? Lost)
{
    /// <summary>The first format that has all its members.</summary>
    public int Since => ReopensHolds ? 8 : 5;

    public void Write(JsonBuffer json)
    {
        json.Raw("{"u8);
        if (SetsClock) json.Raw("\"clock\":true"u8);
        if (ReopensHolds) json.Raw(",\"holds\":true"u8);
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
        var reopens = json.TryGetProperty("holds", out var holds) && holds.GetBoolean();
        if (reopens && !setsClock) throw new FormatException("its recovery sets no clock");
        if (!json.TryGetProperty("lost_hash", out var text))
            return new BlockRecovery(setsClock, reopens, null);
        if (!BlockHash.TryParse(Encoding.UTF8.GetBytes(text.GetString()!), out var hash))
            throw new FormatException("its recovery names no hash");
        var height = json.GetProperty("lost_height").GetInt64();
        return new BlockRecovery(setsClock, reopens, new LostBlock(height, hash));
    }
}
