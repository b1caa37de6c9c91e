using CsvHelper;

namespace Settle.Journals;

/// <summary>
/// The movements as a file that <c>settle import</c> reads. A transaction of several postings
/// becomes a row per posting, which say that they belong together.
/// </summary>
/// <param name="output">Takes the file.</param>
/// <param name="accounts">Takes in each entry; null for nobody.</param>
internal sealed class CsvJournal(Stream output, CsvAccountTerms? accounts) : IJournal
{
    private readonly CsvWriter _writer =
        CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);

    public void Begin(LedgerInfo info)
    {
        _writer.WriteRecord(
            ["id", "date", "from", "to", "amount", "asset", "memo", "meta", "part"]);
    }

    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        accounts?.Note(entry);
        if (!entry.IsMovement) return ValueTask.CompletedTask;
        var postings = entry.Postings;
        for (var i = 0; i < postings.Count; i++)
        {
            WriteRow(entry, postings[i], postings.Count == 1 ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{i + 1}/{postings.Count}"));
        }
        return ValueTask.CompletedTask;
    }

    public void End()
    {
        _writer.Flush();
        _writer.Dispose();
    }

    private void WriteRow(JournalEntry entry, Posting posting, string part)
    {
        CsvFormulas.Write(_writer, entry.Id);
        _writer.WriteField(entry.Happened);
        CsvFormulas.Write(_writer, posting.From);
        CsvFormulas.Write(_writer, posting.To);
        _writer.WriteField(posting.Amount.Digits);
        _writer.WriteField(posting.Asset);
        CsvFormulas.Write(_writer, entry.Memo ?? "");
        CsvFormulas.Write(_writer, entry.Meta ?? "");
        _writer.WriteField(part);
        _writer.EndRecord();
    }
}
