using Settle.Journals;

namespace Settle.Import;

/// <summary>
/// A CSV file of transfers: <c>id,date,from,to,amount[,asset][,memo]</c>; <c>date</c> may be
/// missing too.
/// </summary>
internal sealed class CsvTransfers
{
    private const string Expected = "id,date,from,to,amount[,asset][,memo]";

    private readonly AssetScales _scales;
    private readonly byte[] _asset;
    private readonly int _id;
    private readonly int _date;
    private readonly int _from;
    private readonly int _to;
    private readonly int _amount;
    private readonly int _assetColumn;
    private readonly int _memo;
    private readonly CsvMeta _meta;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="scales">The assets that the ledger knows.</param>
    /// <param name="asset">The asset of rows that name none; null is the ledger's default.</param>
    /// <exception cref="CsvFaultException">The header is not one of a file of
    /// transfers.</exception>
    public CsvTransfers(CsvFile file, AssetScales scales, string? asset)
    {
        File = file;
        _scales = scales;
        _asset = asset is null ? [] : Encoding.UTF8.GetBytes(asset);
        file.ReadHeader();
        _id = file.Require("id", Expected);
        _from = file.Require("from", Expected);
        _to = file.Require("to", Expected);
        _amount = file.Require("amount", Expected);
        _date = file.Find("date");
        _assetColumn = file.Find("asset");
        _memo = file.Find("memo");
        _meta = new CsvMeta(file, "id", "date", "from", "to", "amount", "asset", "memo");
    }

    public CsvFile File { get; }

    /// <summary>Adds the next row to the batch as a checked request.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public bool ReadInto(RequestBatch batch)
    {
        if (!File.Read()) return false;
        try
        {
            Append(batch);
            return true;
        }
        catch (InvalidRequestException e)
        {
            var column = e.Field == "timestamp" ? "date" : e.Field;
            throw new CsvFaultException(new CsvFault(File.Line, column, e.Reason));
        }
    }

    private void Append(RequestBatch batch)
    {
        var asset = File.Trimmed(_assetColumn);
        if (asset.IsEmpty) asset = _asset;
        ref var request = ref batch.Add(EntryKind.Transfer);
        request.Id = batch.Append(File.Trimmed(_id));
        request.From = batch.Append(File.Trimmed(_from));
        request.To = batch.Append(File.Trimmed(_to));
        request.Asset = batch.Append(asset);
        request.Amount = CsvAmounts.Parse("amount", File.Trimmed(_amount), _scales.Of(asset));
        request.Timestamp = batch.Append(File.Trimmed(_date));
        request.Memo = batch.Append(File.Exact(_memo));
        if (!_meta.IsNone) request.Meta = _meta.Append(File, batch);
        RequestRules.Check(batch, ref request);
    }
}
