namespace Settle.Cli.Output;

/// <summary>The end of a chain.</summary>
internal static class NewestEntries
{
    /// <summary>The newest entries, the newest last, and the position of that one.</summary>
    public static async Task<(List<ChainEvent> Entries, EntryPosition Last)> ReadAsync(
        ILedger ledger, int limit, CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation);
        var entries = new List<ChainEvent>();
        var last = default(EntryPosition);
        var height = info.Height;
        for (; height > 0 && (entries.Count < limit || last == default); height--)
        {
            if (await ledger.ReadBlocksAsync(height, 1, cancellation) is not [var block]) break;
            var inBlock = Read(block);
            if (last == default) last = new EntryPosition(height, inBlock.Count - 1);
            entries.InsertRange(0, inBlock.TakeLast(limit - entries.Count));
        }
        return (entries, last);
    }

    private static List<ChainEvent> Read(Block block)
    {
        var document = JsonDocument.Parse(block.Body);
        var time = DateTimeOffset.Parse(document.RootElement.GetProperty("time").GetString()!,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return [.. document.RootElement.GetProperty("entries").EnumerateArray()
            .Select((entry, index) =>
            new ChainEvent { Block = block.Height, Index = index, Time = time, Entry = entry })];
    }
}
