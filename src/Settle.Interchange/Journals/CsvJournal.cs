using CsvHelper;

namespace Settle.Journals;

/// <summary>
/// The movements as a file that <c>settle import</c> reads. A transaction of several postings
/// becomes a row per posting. Accounts that went below zero need their overdraft first: <see
/// cref="AccountFloors"/>.
/// </summary>
internal sealed class CsvJournal(Stream output, ILedger ledger, AccountFloors? floors) : IJournal
{
    private readonly CsvWriter _writer =
        CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);

    public void Begin(LedgerInfo info)
    {
        _writer.WriteRecord(["id", "date", "from", "to", "amount", "asset", "memo", "meta"]);
    }

    public async ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        floors?.Note(entry);
        if (!entry.IsMovement) return;
        var postings = entry.Postings;
        for (var i = 0; i < postings.Count; i++)
        {
            var id = postings.Count == 1 ? entry.Id
                : await PartIdAsync(entry, i, cancellation).ConfigureAwait(false);
            WriteRow(entry, id, postings[i]);
        }
    }

    public void End()
    {
        _writer.Flush();
        _writer.Dispose();
    }

    private void WriteRow(JournalEntry entry, string id, Posting posting)
    {
        _writer.WriteField(id);
        _writer.WriteField(entry.Timestamp ?? entry.BlockTime);
        _writer.WriteField(posting.From);
        _writer.WriteField(posting.To);
        _writer.WriteField(posting.Amount.Digits);
        _writer.WriteField(posting.Asset);
        _writer.WriteField(entry.Memo ?? "");
        _writer.WriteField(entry.Meta ?? "");
        _writer.EndRecord();
    }

    // The id of a transaction with the number of the posting; the position of the entry when that
    // is too long or taken.
    private async Task<string> PartIdAsync(JournalEntry entry, int part,
        CancellationToken cancellation)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{entry.Id}#{part + 1}");
        if (Encoding.UTF8.GetByteCount(id) <= Limits.IdBytesMax
            && await ledger.GetEntryAsync(id, cancellation).ConfigureAwait(false) is null)
        {
            return id;
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{entry.Position}#{part + 1}");
    }
}
