namespace Settle.Import;

/// <summary>The fields of a row of billing, by columns that the file need not have.</summary>
internal sealed class CsvRow
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="columns">The columns of such a file.</param>
    /// <exception cref="CsvFaultException">One is missing or unknown.</exception>
    public CsvRow(CsvFile file, CsvColumns columns)
    {
        File = file;
        file.ReadHeader(columns.MayHaveVerdicts);
        foreach (var column in file.Header)
            if (column.Length > 0 && !columns.Has(column) && !file.IsVerdict(column))
                throw columns.Unknown(file, column);
        columns.Require(file);
        foreach (var column in columns.All) _columns.Add(column, file.Find(column));
    }

    public CsvFile File { get; }

    /// <summary>Whether the row says something there.</summary>
    public bool Has(string column) => !Bytes(column).IsEmpty;

    /// <summary>A column that says true or false; empty is false.</summary>
    /// <exception cref="InvalidRequestException">It says something else.</exception>
    public bool Flag(string column) => Text(column) switch
    {
        null or "" or "false" => false,
        "true" => true,
        var text => throw Parse.NotOneOf(column, text, "true", "false"),
    };

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

    /// <inheritdoc cref="Parse.TypedDecimal"/>
    public decimal? Decimal(string column, int decimals = Parse.UsualDecimals) =>
        Text(column) is { } text ? Parse.TypedDecimal(column, text, decimals) : null;

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
