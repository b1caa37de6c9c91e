using Settle.Chain;
using Settle.Journals;
using Settle.State;

namespace Settle.Import;

/// <summary>
/// Finds out whether a row whose id was decided before is what was decided then. An export has
/// captures, reverts and payments as plain rows, and the time that the block counts at where nobody
/// gave a date.
/// </summary>
internal sealed class KnownRows(
    ILedger ledger, LedgerAssets assets, ClockCorrections clock)
{
    // Each is a read of its own, over the network too.
    private const int InFlight = 64;

    /// <summary>
    /// Makes known rows of those that the ledger takes for another request, but that say what it
    /// recorded.
    /// </summary>
    public async Task RecognizeAsync(RequestBatch batch, Verdict[] verdicts,
        CancellationToken cancellation)
    {
        var reused = Enumerable.Range(0, batch.Count)
            .Where(i => verdicts[i].Refusal == RefusalCode.IdReused);
        foreach (var some in reused.Chunk(InFlight))
        {
            var same = await Task.WhenAll(some.Select(i => IsKnownAsync(batch, i, cancellation)))
                .ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++)
            {
                if (same[i])
                    verdicts[some[i]] = verdicts[some[i]] with
                    {
                        Refusal = RefusalCode.None, Replayed = true,
                    };
            }
        }
    }

    private async Task<bool> IsKnownAsync(
        RequestBatch batch, int index, CancellationToken cancellation)
    {
        if (await ledger.GetEntryAsync(batch.Text(batch[index].Id), cancellation)
            .ConfigureAwait(false) is not { } entry)
            return false;
        var recorded = new JournalEntry();
        try
        {
            recorded.Read(
                entry.Body, entry.Position, ChainTime.From(entry.Time), assets, clock);
        }
        catch (FormatException)
        {
            // A newer version wrote it: that it is the same cannot be said.
            return false;
        }
        return recorded.IsMovement && IsSame(batch, batch[index], recorded);
    }

    private bool IsSame(RequestBatch batch, in Request row, JournalEntry recorded)
    {
        // As the export writes it and the import reads it; a day is its beginning in UTC.
        var happened = recorded.Happened;
        var time = Encoding.UTF8.GetBytes(
            happened.Contains('T', StringComparison.Ordinal) ? happened : happened + "T00:00:00Z");
        var isSameTime = row.Timestamp.IsEmpty ? recorded.Timestamp is null
            : Texts.TimestampOf(batch.Bytes(row.Timestamp)) == Texts.TimestampOf(time);
        return isSameTime && Text(batch, row.Memo) == recorded.Memo
            && Text(batch, row.Meta) == recorded.Meta && IsSamePostings(batch, row, recorded);
    }

    private bool IsSamePostings(RequestBatch batch, in Request row, JournalEntry recorded)
    {
        var postings = recorded.Postings;
        if (row.Kind == EntryKind.Transfer)
            return postings is [var only]
                && IsSame(batch, only, row.From, row.To, row.Amount, row.Asset);
        var parts = batch.Postings(row);
        if (parts.Length != postings.Count) return false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!IsSame(batch, postings[i], parts[i].From, parts[i].To, parts[i].Amount,
                parts[i].Asset)) return false;
        }
        return true;
    }

    private bool IsSame(RequestBatch batch, Posting posting, Slice from, Slice to, long amount,
        Slice asset) =>
        posting.From == batch.Text(from) && posting.To == batch.Text(to)
        && posting.Amount.Units == amount
        && posting.Asset == (Text(batch, asset) ?? assets.Default.Code);

    private static string? Text(RequestBatch batch, Slice text) =>
        text.IsEmpty ? null : batch.Text(text);
}
