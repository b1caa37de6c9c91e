using Settle.Chain;
using Settle.State;

namespace Settle.Journals;

/// <summary>Runs the chain of a ledger, up to its newest block, through a journal.</summary>
internal static class ChainExport
{
    private const int BlocksPerRead = 8;

    /// <summary>Exports the chain up to the newest block that is known; it may go on
    /// meanwhile.</summary>
    /// <param name="ledger">Whose chain it is.</param>
    /// <param name="info">Names the newest block.</param>
    /// <param name="journal">Takes the entries.</param>
    /// <param name="days">
    /// Only what has a value date from the one to the other, both included; null for any.
    /// </param>
    /// <param name="progress">Counts blocks; null for nobody.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many entries the journal was given.</returns>
    /// <exception cref="StoreCorruptException">A block is damaged.</exception>
    public static async Task<long> RunAsync(ILedger ledger, LedgerInfo info, IJournal journal,
        (DateOnly? From, DateOnly? To) days, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var entry = new JournalEntry();
        var entries = 0L;
        var (assets, clock) = (new LedgerAssets(info.Assets), ClockOf(info));
        journal.Begin(info);
        for (var height = 1L; height <= info.Height;)
        {
            var count = (int)long.Min(BlocksPerRead, info.Height - height + 1);
            var blocks = await ledger.ReadBlocksAsync(height, count, cancellation)
                .ConfigureAwait(false);
            if (blocks.Count == 0) throw Damaged(height, "it is missing");
            foreach (var block in blocks)
            {
                if (block.Height != height) throw Damaged(height, "it is missing");
                entries += await WriteBlockAsync(
                    block, entry, (assets, clock), journal, days, cancellation)
                    .ConfigureAwait(false);
                progress?.Report(new WorkProgress(height, info.Height));
                height++;
            }
        }
        journal.End();
        return entries;
    }

    /// <summary>Where a ledger's clock was set back, as far as it was known.</summary>
    public static ClockCorrections ClockOf(LedgerInfo info) => ClockCorrections.Of(
        (info.ClockCorrections ?? []).Select(each => (each.Height, ChainTime.From(each.Time))));

    private static async Task<int> WriteBlockAsync(Block block, JournalEntry entry,
        (LedgerAssets Assets, ClockCorrections Clock) known, IJournal journal,
        (DateOnly? From, DateOnly? To) days, CancellationToken cancellation)
    {
        BlockDocument document;
        try
        {
            document = BlockDocument.Parse(IdOf(block.Body.Span), block.Body, keepsBytes: true);
        }
        catch (FormatException e)
        {
            throw Damaged(block.Height, e.Message);
        }
        var at = document.EntriesStart;
        var (index, given) = (0, 0);
        while (at < document.EntriesEnd)
        {
            try
            {
                var position = new EntryPosition(block.Height, index++);
                at += entry.Read(document.Body[at..], position, document.Header.Time,
                    known.Assets, known.Clock);
                // The comma, or the bracket that closes the entries.
                at++;
            }
            catch (FormatException e)
            {
                throw Damaged(block.Height, $"entry {index - 1} {e.Message}");
            }
            if (entry.Day < days.From?.DayNumber || entry.Day > days.To?.DayNumber) continue;
            await journal.WriteAsync(entry, cancellation).ConfigureAwait(false);
            given++;
        }
        return given;
    }

    // The document begins with its id, which holds nothing that JSON escapes.
    private static string IdOf(ReadOnlySpan<byte> body)
    {
        var prefix = "{\"_id\":\""u8;
        if (!body.StartsWith(prefix)) return "";
        var rest = body[prefix.Length..];
        var end = rest.IndexOf((byte)'"');
        return end < 0 ? "" : Encoding.UTF8.GetString(rest[..end]);
    }

    private static StoreCorruptException Damaged(long height, string why) =>
        new($"block {height} cannot be exported: {why}; run 'settle verify'");
}
