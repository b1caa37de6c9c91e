using Settle.Chain;

namespace Settle.Import;

/// <summary>
/// The pairs of <c>meta</c> in a row. A column <c>meta:NAME</c> is one, and so is a column that
/// somebody asked to keep; an empty field is left out. A column <c>meta</c> holds pairs as a JSON
/// object, as an export writes them.
/// </summary>
internal sealed class CsvMeta
{
    /// <summary>The column that holds pairs.</summary>
    public const string Name = "meta";

    private const string Prefix = "meta:";
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    private readonly (int Column, string Key, byte[] Utf8)[] _columns;
    private readonly int _object;
    private readonly JsonBuffer _json = new(256);

    /// <param name="file">The file, whose header was read.</param>
    /// <param name="known">The columns that have a meaning.</param>
    /// <param name="kept">The further columns to keep.</param>
    /// <exception cref="CsvFaultException">A column is unknown, or its name cannot be a key.
    /// </exception>
    public CsvMeta(CsvFile file, CsvColumns known, IReadOnlyList<string> kept)
    {
        var columns = new List<(int, string, byte[])>();
        for (var i = 0; i < file.Header.Count; i++)
        {
            var column = file.Header[i];
            if (column.Length == 0) continue;
            var isKept = kept.Contains(column, StringComparer.OrdinalIgnoreCase);
            if (known.Has(column) || file.IsVerdict(column))
            {
                if (isKept) throw HasMeaning(file, known, column);
                continue;
            }
            var isNamed = column.StartsWith(Prefix, IgnoreCase);
            if (!isNamed && !isKept)
                throw known.Unknown(file, column, "; if it is only information, "
                    + $"keep it as meta with --meta-columns '{column}'");
            var name = isNamed ? column[Prefix.Length..].Trim() : column;
            var key = Encoding.UTF8.GetBytes(name);
            CheckKey(file, column, key);
            if (columns.Any(other => other.Item2 == name))
                throw new CsvFaultException(new CsvFault(file.HeaderLine, column,
                    $"gives '{name}' a second value; each key has one column"));
            columns.Add((i, name, key));
        }
        if (columns.Count > Limits.MetaKeysMax)
        {
            throw new CsvFaultException(new CsvFault(file.HeaderLine, null,
                $"has more than {Limits.MetaKeysMax} columns to keep as meta"));
        }
        _columns = [.. columns.OrderBy(column => column.Item2, StringComparer.Ordinal)];
        _object = file.Find(Name);
    }

    /// <summary>Whether rows can have any pairs.</summary>
    public bool IsNone => _columns.Length == 0 && _object < 0;

    /// <summary>Adds the row's pairs to the batch as a canonical JSON object.</summary>
    /// <exception cref="InvalidRequestException">A pair is not allowed.</exception>
    public Slice Append(CsvFile file, RequestBatch batch)
    {
        if (_object >= 0 && !file.Trimmed(_object).IsEmpty)
            return MetaWriter.Append(batch, Read(file));
        _json.Clear();
        foreach (var (column, key, utf8) in _columns)
        {
            var value = file.Exact(column);
            if (value.IsEmpty) continue;
            Texts.CheckText(key, value, Limits.MetaValueBytesMax);
            _json.Raw(_json.Length == 0 ? "{"u8 : ","u8);
            _json.String(utf8);
            _json.Raw(":"u8);
            _json.String(value);
        }
        if (_json.Length == 0) return default;
        _json.Raw("}"u8);
        return batch.Append(_json.Written);
    }

    /// <summary>The row's pairs; null when there are none.</summary>
    /// <exception cref="InvalidRequestException">They are malformed.</exception>
    public Dictionary<string, string>? Read(CsvFile file)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_object >= 0 && !file.Trimmed(_object).IsEmpty)
            ReadObject(file.Trimmed(_object), pairs);
        foreach (var (column, key, _) in _columns)
        {
            var value = file.Exact(column);
            if (value.IsEmpty) continue;
            if (!pairs.TryAdd(key, Encoding.UTF8.GetString(value)))
                throw new InvalidRequestException(Name, $"'{key}' has a column of its own too");
        }
        return pairs.Count == 0 ? null : pairs;
    }

    private static void ReadObject(ReadOnlySpan<byte> json, Dictionary<string, string> pairs)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw NotPairs(json);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                    throw NotPairs(json);
                if (!pairs.TryAdd(key, reader.GetString()!)) throw NotPairs(json);
            }
            if (reader.Read()) throw NotPairs(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw NotPairs(json);
        }
    }

    private static InvalidRequestException NotPairs(ReadOnlySpan<byte> json) => Parse.Fault(Name,
        Encoding.UTF8.GetString(json), "is not a JSON object of texts; write {\"order\":\"42\"}");

    private static CsvFaultException HasMeaning(
        CsvFile file, CsvColumns known, string column) => new(new CsvFault(file.HeaderLine, column,
            $"cannot be kept with --meta-columns: it has a meaning of its own in {known.What}; "
            + $"name the column '{Prefix}{column}' to keep it as meta instead"));

    private static void CheckKey(CsvFile file, string column, byte[] key)
    {
        try
        {
            Texts.CheckName(column, key, Limits.MetaKeyBytesMax);
        }
        catch (InvalidRequestException e)
        {
            throw new CsvFaultException(new CsvFault(file.HeaderLine, column, e.Reason));
        }
    }
}
