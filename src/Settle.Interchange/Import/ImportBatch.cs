using Settle.Settling;

namespace Settle.Import;

/// <summary>Rows on their way through the ledger. Reused from batch to batch.</summary>
internal sealed class ImportBatch
{
    public const int RowsMax = 8192;
    private const int BytesMax = 2 * 1024 * 1024;

    private readonly List<(int Start, int Length)> _rows = [];
    private readonly List<int> _firstRows = [];
    private byte[] _raw = [];
    private int _rawLength;

    /// <param name="knowsAccount">See <see cref="RequestBatch.KnowsAccount"/>.</param>
    public ImportBatch(Func<ReadOnlySpan<byte>, bool>? knowsAccount) =>
        Job.Batch.KnowsAccount = knowsAccount;

    public Job Job { get; } = new(RowsMax, 1024 * 1024);

    /// <summary>How far the file had been read when the batch was full.</summary>
    public long Offset { get; set; }

    public bool IsFull => Job.Batch.Count >= RowsMax || _rawLength >= BytesMax;

    public void Clear()
    {
        Job.Clear();
        _rows.Clear();
        _firstRows.Clear();
        _rawLength = 0;
    }

    /// <summary>Keeps a row as it stands in the file, in case it is rejected.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isFirst">Whether a request begins with it.</param>
    public void KeepRow(ReadOnlySpan<byte> row, bool isFirst)
    {
        if (_raw.Length - _rawLength < row.Length)
            Array.Resize(ref _raw, int.Max(_raw.Length * 2, _rawLength + row.Length));
        row.CopyTo(_raw.AsSpan(_rawLength));
        if (isFirst) _firstRows.Add(_rows.Count);
        _rows.Add((_rawLength, row.Length));
        _rawLength += row.Length;
    }

    /// <summary>Writes the rows of a request that was refused.</summary>
    public void WriteTo(RefusedRows rejected, int request, Verdict verdict)
    {
        var end = request + 1 < _firstRows.Count ? _firstRows[request + 1] : _rows.Count;
        for (var row = _firstRows[request]; row < end; row++)
            rejected.Write(_raw.AsSpan(_rows[row].Start, _rows[row].Length), verdict);
    }
}
