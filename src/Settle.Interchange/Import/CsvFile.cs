using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using CsvHelper;
using Settle.Journals;

namespace Settle.Import;

/// <summary>
/// A CSV file with a header row: UTF-8, commas, RFC 4180 quotes, columns in any order. Faults
/// name their line.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private const int RecordBytesMax = 1024 * 1024;

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789.,"u8);
    private static readonly SearchValues<char> Quoted = SearchValues.Create(";\t\",\r\n");

    private readonly CsvReader _reader;
    private int[] _nameless = [];
    private int _reason = -1;
    private int[] _verdict = [];

    public CsvFile(Stream stream, bool leaveOpen)
    {
        _reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = ',',
            BufferSize = BufferBytes,
            MaxRecordSize = RecordBytesMax,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        }, leaveOpen);
    }

    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The line that the header is in, from 1.</summary>
    public long HeaderLine { get; private set; } = 1;

    /// <summary>The line that the row begins at, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>How far the file has been read, in bytes.</summary>
    public long Offset => _reader.ByteOffset;

    /// <summary>The columns without those that an earlier import wrote.</summary>
    public IEnumerable<string> OwnHeader => Header.Where((_, at) => !_verdict.Contains(at));

    /// <summary>
    /// The row as it stands in the file, with one field for each of these; what a spreadsheet would
    /// run is written so that it does not.
    /// </summary>
    public ReadOnlySpan<byte> RawRow
    {
        get
        {
            if (_verdict.Length == 0 && _reader.FieldCount == Header.Count && !HasRisk())
                return _reader.RawRecord;
            var row = new List<byte>(_reader.RawRecord.Length);
            for (var column = 0; column < Header.Count; column++)
            {
                if (_verdict.Contains(column)) continue;
                if (IsRisk(column)) AddDefused(row, column);
                else row.AddRange(_reader.GetRawSpan(column));
                row.Add((byte)',');
            }
            return CollectionsMarshal.AsSpan(row)[..^1];
        }
    }

    private bool HasRisk()
    {
        for (var column = 0; column < Header.Count; column++)
            if (IsRisk(column)) return true;
        return false;
    }

    // Numbers stay numbers.
    private bool IsRisk(int column)
    {
        var field = _reader.GetSpan(column);
        if (field.IsEmpty) return false;
        return (field[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\''
            or (byte)'\t' or (byte)'\r' or 0xEF || field.ContainsAny(";\t"u8))
            && (field[0] is not ((byte)'+' or (byte)'-') || field.Length == 1
                || field[1..].ContainsAnyExcept(OfNumbers))
            && !field.SequenceEqual("@world"u8);
    }

    private void AddDefused(List<byte> row, int column)
    {
        var text = CsvFormulas.Restore(Encoding.UTF8.GetString(_reader.GetSpan(column)));
        var field = CsvFormulas.Defuse(text).Replace("\"", "\"\"", StringComparison.Ordinal);
        row.AddRange(Encoding.UTF8.GetBytes(
            field.AsSpan().ContainsAny(Quoted) ? $"\"{field}\"" : field));
    }

    /// <summary>Reads the header row.</summary>
    /// <param name="mayHaveVerdicts">
    /// Whether it may be a file of refused rows: then what was written behind them is passed over.
    /// </param>
    /// <exception cref="CsvFaultException">There is none, or it is malformed.</exception>
    public void ReadHeader(bool mayHaveVerdicts = false)
    {
        try
        {
            _reader.ReadHeader();
            while (_reader.Headers.All(string.IsNullOrWhiteSpace))
            {
                if (!_reader.Read())
                    throw new CsvFaultException(new CsvFault(0, null,
                        "the file is empty; its first line must name the columns"));
                HeaderLine = Line;
                _reader.ReadHeader();
            }
        }
        catch (CsvFormatException e)
        {
            throw new CsvFaultException(new CsvFault(HeaderLine, null, e.Message));
        }
        Header = [.. _reader.Headers.Select(name => CsvFormulas.Restore(name.Trim()))];
        if (Header is [var only] && only.AsSpan().IndexOfAny(";\t|") is >= 0 and var at)
        {
            throw new CsvFaultException(new CsvFault(HeaderLine, null,
                "the columns are separated by "
                + $"{(only[at] == '\t' ? "tabs" : $"'{only[at]}'")}, not by commas; "
                + "save the file as CSV with commas"));
        }
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Header)
        {
            if (name.Length > 0 && !names.Add(name))
                throw new CsvFaultException(
                    new CsvFault(HeaderLine, name, "occurs twice in the header"));
        }
        if (mayHaveVerdicts) _reason = Find(RefusedRows.Columns[0]);
        if (_reason >= 0)
            _verdict = [.. RefusedRows.Columns.Select(Find).Where(at => at >= 0)];
        _nameless = [.. Enumerable.Range(0, Header.Count).Where(at => Header[at].Length == 0)];
    }

    /// <summary>Whether an earlier import wrote the column.</summary>
    public bool IsVerdict(string column) => _verdict.Contains(Find(column));

    /// <summary>The position of a column; -1 when the file does not have it.</summary>
    public int Find(string column)
    {
        for (var i = 0; i < Header.Count; i++)
            if (string.Equals(Header[i], column, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    /// <summary>The position of a column that must be there.</summary>
    /// <exception cref="CsvFaultException">The file does not have it.</exception>
    public int Require(string column, string expected)
    {
        var position = Find(column);
        return position >= 0
            ? position
            : throw new CsvFaultException(new CsvFault(HeaderLine, column,
                $"is missing in the header; expected {expected}"));
    }

    /// <summary>Goes to the next row that says anything.</summary>
    /// <exception cref="CsvFaultException">The row is malformed.</exception>
    public bool Read()
    {
        do
        {
            try
            {
                if (!_reader.Read()) return false;
            }
            catch (CsvFormatException e)
            {
                throw new CsvFaultException(
                    new CsvFault(e.LineNumber, null, e.Message), isFatal: true);
            }
        }
        while (IsBlank());
        if (_reader.FieldCount < Header.Count || HasMore())
        {
            throw new CsvFaultException(new CsvFault(Line, null,
                $"has {_reader.FieldCount} fields, but the header has {Header.Count}"));
        }
        if (!Utf8.IsValid(_reader.RawRecord))
            throw new CsvFaultException(new CsvFault(Line, null,
                "is not UTF-8; save the file as UTF-8"));
        foreach (var column in _nameless)
        {
            if (Trimmed(column) is not { IsEmpty: false } field) continue;
            throw new CsvFaultException(new CsvFault(Line, null, $"has "
                + $"'{Parse.Shorten(Encoding.UTF8.GetString(field))}' in column {column + 1}, "
                + "which has no name in the header"));
        }
        if (!RefusedRows.IsReason(Trimmed(_reason)))
        {
            throw new CsvFaultException(new CsvFault(Line, Header[_reason],
                $"'{Parse.Shorten(Encoding.UTF8.GetString(Trimmed(_reason)))}' is not the reason "
                + "of a refusal; name the column 'meta:reason' to keep it as meta"));
        }
        return true;
    }

    /// <summary>A field without the spaces around it; empty for position -1.</summary>
    public ReadOnlySpan<byte> Trimmed(int column) => column < 0 ? default
        : CsvFormulas.Restore(_reader.GetSpan(column).Trim((byte)' '));

    /// <summary>A field as it is; empty for position -1.</summary>
    public ReadOnlySpan<byte> Exact(int column) => column < 0 ? default
        : CsvFormulas.Restore(_reader.GetSpan(column));

    // Spreadsheets write rows and columns that are only separators.
    private bool IsBlank() => !_reader.RawRecord.ContainsAnyExcept(", \t\""u8);

    private bool HasMore()
    {
        for (var column = Header.Count; column < _reader.FieldCount; column++)
            if (!_reader.GetSpan(column).Trim((byte)' ').IsEmpty) return true;
        return false;
    }

    public void Dispose() => _reader.Dispose();
}
