using Settle.Settling;

namespace Settle.Import;

/// <summary>Rows on their way through the ledger. Reused from batch to batch.</summary>
internal sealed class ImportBatch
{
    public const int RowsMax = 8192;
    private const int BytesMax = 2 * 1024 * 1024;

    private readonly List<(int Start, int Length)> _rows = [];
    private byte[] _raw = [];
    private int _rawLength;

    public Job Job { get; } = new(RowsMax, 1024 * 1024);

    /// <summary>How far the file had been read when the batch was full.</summary>
    public long Offset { get; set; }

    public bool IsFull => Job.Batch.Count >= RowsMax || _rawLength >= BytesMax;

    public void Clear()
    {
        Job.Clear();
        _rows.Clear();
        _rawLength = 0;
    }

    /// <summary>Keeps a row as it stands in the file, in case it is rejected.</summary>
    public void KeepRow(ReadOnlySpan<byte> row)
    {
        if (_raw.Length - _rawLength < row.Length)
            Array.Resize(ref _raw, int.Max(_raw.Length * 2, _rawLength + row.Length));
        row.CopyTo(_raw.AsSpan(_rawLength));
        _rows.Add((_rawLength, row.Length));
        _rawLength += row.Length;
    }

    /// <summary>A row that was kept.</summary>
    public ReadOnlySpan<byte> Row(int index) =>
        _raw.AsSpan(_rows[index].Start, _rows[index].Length);
}
