using System.Globalization;
using System.Text.Json;

namespace Settle.Server;

/// <summary>
/// Reads the JSON of requests strictly: unknown, repeated, missing and mistyped fields are refused
/// with their path, such as <c>[17].amount</c>.
/// </summary>
internal ref struct RequestReader(ReadOnlySpan<byte> utf8)
{
    private const int DepthMax = 8;
    private const int QuotedCharsMax = 40;
    private const int DecimalBytesMax = 30;
    private Utf8JsonReader _json = new(utf8, new JsonReaderOptions { MaxDepth = DepthMax });
    private FieldNames? _names;
    private string? _list;
    private int _item;
    private string? _object;
    private string? _outer;
    private string _field = "";

    /// <summary>Reads the opening bracket of the object that follows.</summary>
    public void OpenObject(FieldNames names, ref ulong seen)
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
            throw Invalid(Path(null), $"must be {names.What}, a JSON object");
        (_names, seen) = (names, 0);
    }

    /// <summary>Whether there is another field; <see cref="Field"/> then names it.</summary>
    public bool NextField(ref ulong seen)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject) return false;
        var index = _names!.Find(ref _json);
        if (index < 0)
            throw Invalid(Path(Quoted()), $"is no field of {_names.What}, which has: {_names}");
        _field = _names[index];
        if ((seen & (1UL << index)) != 0) throw Invalid(Path(_field), "must not be given twice");
        seen |= 1UL << index;
        _json.Read();
        return true;
    }

    /// <summary>The name of the field whose value is next.</summary>
    public readonly string Field => _field;

    /// <summary>The value as a text; null for null.</summary>
    public readonly string? Text()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.String) throw Invalid(Path(_field), "must be a text");
        return Unescaped(_field);
    }

    /// <summary>The value as a text that is not empty; null for null.</summary>
    public readonly string? Word() =>
        Text() is not { } text ? null
        : text.Length > 0 ? text
        : throw Invalid(Path(_field), "must not be empty; leave it out instead");

    /// <summary>The value as an integer; null for null.</summary>
    /// <param name="what">What it has to be, for people.</param>
    public readonly long? Integer(string what)
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan.ContainsAny(".eE"u8))
            throw Invalid(Path(_field), $"must be {what}");
        if (_json.TryGetInt64(out var value)) return value;
        throw Invalid(Path(_field), _json.ValueSpan[0] == '-' ? "must be more than zero"
            : TooLarge);
    }

    /// <summary>The value as an amount, 1 to 2^53-1; null for null.</summary>
    public readonly long? Amount() =>
        Integer("an integer in the minor unit, such as 5000 for 50.00 USD") switch
    {
        <= 0 => throw Invalid(Path(_field), "must be more than zero"),
        > Limits.AmountMax => throw Invalid(Path(_field), TooLarge),
        var amount => amount,
    };

    /// <summary>The value as an integer from 0 on, or null when it is this word.</summary>
    public readonly long? AmountOr(ReadOnlySpan<byte> word, string message)
    {
        if (_json.TokenType == JsonTokenType.String && _json.ValueTextEquals(word)) return null;
        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value)
            && value is >= 0 and <= Limits.AmountMax
            ? value
            : throw Invalid(Path(_field), message);
    }

    /// <summary>Whether the value is null.</summary>
    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    /// <summary>The value as true or false; null for null.</summary>
    public readonly bool? Flag() => _json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Invalid(Path(_field), "must be true or false"),
    };

    /// <summary>The value as an object of texts; null for null.</summary>
    public Dictionary<string, string>? Texts()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Invalid(Path(_field), "must be an object of texts");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Unescaped(_field);
            var path = Path($"{_field}.{Shorten(key)}");
            _json.Read();
            if (_json.TokenType != JsonTokenType.String) throw Invalid(path, "must be a text");
            if (!texts.TryAdd(key, Unescaped($"{_field}.{Shorten(key)}")))
                throw Invalid(path, "must not be given twice");
        }
        return texts;
    }

    /// <summary>The value as an array of texts; null for null.</summary>
    public List<string>? TextList()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Invalid(Path(_field), "must be an array of texts");
        var texts = new List<string>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.String)
                throw Invalid(Path($"{_field}[{texts.Count}]"), "must be a text");
            texts.Add(Unescaped($"{_field}[{texts.Count}]"));
        }
        return texts;
    }

    /// <summary>The value as a day; null for null.</summary>
    public readonly DateOnly? Day()
    {
        if (Text() is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day)
            ? day
            : throw Invalid(Path(_field), "must be a day, such as 2026-11-21");
    }

    /// <summary>The value as a moment with its offset; null for null.</summary>
    public readonly DateTimeOffset? Moment()
    {
        if (Text() is not { } text) return null;
        return Query.TryTime(text, out var time) && text.Length > 10
            ? time
            : throw Invalid(Path(_field), "must be a time such as 2026-11-21T20:23:11Z");
    }

    /// <summary>The value as a decimal, a text or a plain number; null for null.</summary>
    public readonly decimal? Decimal()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        var digits = _json.TokenType is JsonTokenType.Number or JsonTokenType.String
            && !_json.ValueIsEscaped ? _json.ValueSpan : default;
        return digits.Length is > 0 and <= DecimalBytesMax && !digits.ContainsAny("eE+"u8)
            && decimal.TryParse(digits, NumberStyles.AllowLeadingSign
                | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid(Path(_field), "must be a decimal, such as \"2.5\"");
    }

    /// <summary>The value as bytes in base64; null for null.</summary>
    public readonly byte[]? Bytes()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        return _json.TokenType == JsonTokenType.String && _json.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw Invalid(Path(_field), "must be base64");
    }

    /// <summary>Enters the object that is this field's value.</summary>
    public void OpenFieldObject(FieldNames names, ref ulong seen)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Invalid(Path(_field), $"must be {names.What}, a JSON object");
        (_object, _outer, _names, seen) = (_field, _field, names, 0);
    }

    /// <summary>Goes on with the object around the object that has ended.</summary>
    public void CloseFieldObject(FieldNames names) =>
        (_object, _names, _field) = (null, names, _outer!);

    /// <summary>Enters the array that is this field's value.</summary>
    public void OpenFieldList(string what)
    {
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Invalid(Path(_field), $"must be an array of {what}");
        (_list, _item, _outer) = (_field, -1, _field);
    }

    /// <summary>Enters the array that the body is.</summary>
    public void OpenList(string what)
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray)
            throw Invalid("body", $"must be an array of {what}");
        (_list, _item) = ("", -1);
    }

    /// <summary>Opens the next object of the list; false at the list's end.</summary>
    public bool NextItem(FieldNames names, ref ulong seen)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray) return false;
        _item++;
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Invalid(Path(null), $"must be {names.What}, a JSON object");
        (_names, seen) = (names, 0);
        return true;
    }

    /// <summary>Goes on with the object around the list that has ended.</summary>
    public void Return(FieldNames names) => (_list, _names, _field) = (null, names, _outer!);

    /// <summary>Sees to it that nothing follows.</summary>
    public void End()
    {
        if (_json.Read()) throw Invalid("body", "must be one JSON value and nothing after it");
    }

    /// <summary>The value of a field that must be there.</summary>
    public readonly T Required<T>(T? value, string field) where T : struct =>
        value ?? throw Missing(field);

    /// <inheritdoc cref="Required{T}(T?, string)"/>
    public readonly string Required(string? value, string field) => value ?? throw Missing(field);

    /// <summary>An error at the object being read.</summary>
    public readonly InvalidRequestException Missing(string field) =>
        Invalid(Path(field), "is missing");

    private static string TooLarge => "must be at most 9007199254740991 (2^53-1)";

    private static InvalidRequestException Invalid(string path, string message) =>
        new(path, message);

    private static string Shorten(string text) =>
        text.Length <= QuotedCharsMax ? text : text[..QuotedCharsMax] + "…";

    private readonly string Path(string? field) =>
        _object is not null ? field is null ? _object : $"{_object}.{field}"
        : _list is null ? field ?? "body" : field is null ? $"{_list}[{_item}]"
            : $"{_list}[{_item}].{field}";

    private readonly string Quoted()
    {
        try
        {
            return Shorten(_json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            throw Invalid(Path(null), "has a field whose name is not valid Unicode");
        }
    }

    private readonly string Unescaped(string field)
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Invalid(Path(field), "must be valid Unicode");
        }
    }
}
