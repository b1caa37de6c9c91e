using System.Buffers.Text;

namespace Settle.Import;

/// <summary>
/// A CSV file of transfers: <c>id,from,to,amount[,date][,asset][,memo]</c>. Rows with a
/// <c>part</c>, such as <c>1/3</c>, are the postings of one transaction.
/// </summary>
internal sealed class CsvTransfers
{
    private static readonly CsvColumns Columns = new("a file of transfers",
        ["id", "from", "to", "amount"],
        ["date", "asset", "memo", CsvMeta.Name, "part"], CsvAccounts.Columns);

    private readonly CsvReading _reading;
    private readonly byte[] _defaultAsset;
    private readonly int _id;
    private readonly int _date;
    private readonly int _from;
    private readonly int _to;
    private readonly int _amount;
    private readonly int _asset;
    private readonly int _memo;
    private readonly int _part;
    private readonly CsvMeta _meta;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="reading">How it is read.</param>
    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvTransfers(CsvFile file, CsvReading reading)
    {
        File = file;
        _reading = reading;
        _defaultAsset = reading.Asset is null ? [] : Encoding.UTF8.GetBytes(reading.Asset);
        file.ReadHeader(mayHaveVerdicts: true);
        _meta = new CsvMeta(file, Columns, reading.MetaColumns);
        Columns.Require(file);
        _id = file.Find("id");
        _from = file.Find("from");
        _to = file.Find("to");
        _amount = file.Find("amount");
        _date = file.Find("date");
        _asset = file.Find("asset");
        _memo = file.Find("memo");
        _part = file.Find("part");
    }

    public CsvFile File { get; }

    /// <summary>Adds what the next row asks for, or the next rows of a transaction.</summary>
    /// <param name="batch">Takes the checked request.</param>
    /// <param name="kept">Takes the rows as they stand in the file; null for nobody.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CsvFaultException">A row is wrong.</exception>
    public bool ReadInto(RequestBatch batch, ImportBatch? kept = null)
    {
        if (!File.Read()) return false;
        kept?.KeepRow(File.RawRow, isFirst: true);
        try
        {
            if (File.Trimmed(_part).IsEmpty) AppendTransfer(batch);
            else AppendTransaction(batch, kept);
            return true;
        }
        catch (InvalidRequestException e)
        {
            var column = e.Field == "timestamp" ? "date" : e.Field;
            throw new CsvFaultException(new CsvFault(File.Line, column, e.Reason));
        }
    }

    private void AppendTransfer(RequestBatch batch)
    {
        ref var request = ref batch.Add(EntryKind.Transfer);
        request.Id = batch.Append(File.Trimmed(_id));
        request.From = batch.Append(File.Trimmed(_from));
        request.To = batch.Append(File.Trimmed(_to));
        (request.Asset, request.Amount) = Amount(batch);
        AppendNotes(batch, ref request);
        RequestRules.Check(batch, ref request);
    }

    private void AppendTransaction(RequestBatch batch, ImportBatch? kept)
    {
        ref var request = ref batch.Add(EntryKind.Transaction);
        request.Id = batch.Append(File.Trimmed(_id));
        AppendNotes(batch, ref request);
        var (part, count) = Part();
        if (part != 1)
            throw new InvalidRequestException("part", "the transaction's first row is missing");
        for (var next = 1; ; next++)
        {
            ref var posting = ref batch.AddPosting(ref request);
            posting.From = batch.Append(File.Trimmed(_from));
            posting.To = batch.Append(File.Trimmed(_to));
            (posting.Asset, posting.Amount) = Amount(batch);
            TransferKind.CheckMovement(
                batch, "", posting.From, posting.To, posting.Amount, posting.Asset);
            if (next == count) break;
            if (!File.Read() || !File.Trimmed(_id).SequenceEqual(batch.Bytes(request.Id))
                || Part() != (next + 1, count))
                throw new InvalidRequestException("part", string.Create(
                    CultureInfo.InvariantCulture, $"row {next + 1} of {count} of the transaction "
                    + $"'{batch.Text(request.Id)}' must follow here"));
            if (!File.Exact(_memo).SequenceEqual(batch.Bytes(request.Memo))
                || !File.Trimmed(_date).SequenceEqual(batch.Bytes(request.Timestamp)))
                throw new InvalidRequestException("part",
                    "all rows of a transaction must have the same date and memo");
            kept?.KeepRow(File.RawRow, isFirst: false);
        }
        RequestRules.Check(batch, ref request);
    }

    private void AppendNotes(RequestBatch batch, ref Request request)
    {
        request.Timestamp = batch.Append(File.Trimmed(_date));
        request.Memo = batch.Append(File.Exact(_memo));
        if (!_meta.IsNone) request.Meta = _meta.Append(File, batch);
    }

    private (Slice Asset, long Amount) Amount(RequestBatch batch)
    {
        var asset = File.Trimmed(_asset);
        if (asset.IsEmpty) asset = _defaultAsset;
        return (batch.Append(asset),
            CsvAmounts.Parse("amount", File.Trimmed(_amount), _reading.Scales.Of(asset)));
    }

    private (int Part, int Count) Part()
    {
        var text = File.Trimmed(_part);
        var slash = text.IndexOf((byte)'/');
        return slash > 0 && !text.ContainsAny((byte)'+', (byte)'-')
            && Utf8Parser.TryParse(text[..slash], out int part, out var read) && read == slash
            && Utf8Parser.TryParse(text[(slash + 1)..], out int count, out read)
            && read == text.Length - slash - 1
            && count is >= 2 and <= Limits.PostingsMax && part >= 1 && part <= count
            ? (part, count)
            : throw Parse.Fault("part", Encoding.UTF8.GetString(text),
                "is not a part of a transaction; write it as 1/3, or leave it empty");
    }
}
