namespace Settle.Import;

/// <summary>The fields of a row of billing, by columns that the file need not have.</summary>
internal sealed class CsvRow
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="what">What the rows are, for people.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="optional">Columns that may be.</param>
    /// <exception cref="CsvFaultException">
    /// One is missing or unknown: a mistyped name would bill something else.
    /// </exception>
    public CsvRow(CsvFile file, string what, string[] required, string[] optional)
    {
        File = file;
        file.ReadHeader();
        var expected = $"{string.Join(',', required)}[,{string.Join("][,", optional)}]";
        foreach (var column in required) _columns.Add(column, file.Require(column, expected));
        foreach (var column in optional) _columns.Add(column, file.Find(column));
        foreach (var column in file.Header)
        {
            if (_columns.ContainsKey(column.ToLowerInvariant())) continue;
            throw new CsvFaultException(new CsvFault(1, column.Length == 0 ? null : column,
                $"is not a column of {what}; expected {expected}"));
        }
    }

    public CsvFile File { get; }

    /// <summary>Whether the row says something there.</summary>
    public bool Has(string column) => !Bytes(column).IsEmpty;

    public ReadOnlySpan<byte> Bytes(string column) => File.Trimmed(_columns[column]);

    /// <summary>A field as text; null when it is empty.</summary>
    public string? Text(string column) =>
        Bytes(column) is { IsEmpty: false } field ? Encoding.UTF8.GetString(field) : null;

    /// <exception cref="InvalidRequestException">It is not a valid name or id.</exception>
    public string Name(string column)
    {
        Texts.CheckName(column, Bytes(column), Limits.IdBytesMax);
        return Encoding.UTF8.GetString(Bytes(column));
    }

    /// <exception cref="InvalidRequestException">It is empty, or not valid text.</exception>
    public string Line(string column, int bytesMax)
    {
        if (!Has(column)) throw new InvalidRequestException(column, "must not be empty");
        Texts.CheckText(column, Bytes(column), bytesMax);
        return Text(column)!;
    }

    /// <exception cref="InvalidRequestException">It is not one of the words.</exception>
    public T? Word<T>(string column) where T : struct, Enum =>
        Text(column) is { } text ? Words<T>.Parse(column, text) : null;

    /// <exception cref="InvalidRequestException">It is not a decimal.</exception>
    public decimal? Decimal(string column) =>
        Text(column) is { } text ? Parse.Decimal(column, text) : null;

    /// <exception cref="InvalidRequestException">It is not a day.</exception>
    public DateOnly? Day(string column) =>
        Text(column) is { } text ? Parse.Day(column, text) : null;

    /// <summary>The fault of a row that its reader refused.</summary>
    public CsvFaultException Fault(InvalidRequestException error)
    {
        var field = error.Field.StartsWith("party.", StringComparison.Ordinal)
            ? error.Field["party.".Length..] : error.Field;
        return new CsvFaultException(new CsvFault(File.Line, field, error.Reason));
    }
}
