using System.Text.Json.Serialization.Metadata;

namespace Settle.Server;

/// <summary>Explains why a body was refused: the field's path, and what is wrong there.</summary>
internal static class BodyFaults
{
    private const string Body = "body";

    // What an integer counts.
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["scale"] = $" from 0 to {Limits.ScaleMax}",
        ["terms_days"] = " of days",
    };

    public static bool IsBlank(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(" \r\n\t"u8);

    /// <summary>The error that the refused body is answered with.</summary>
    public static InvalidRequestException Of(
        ReadOnlySpan<byte> utf8, JsonTypeInfo type, Exception error)
    {
        if (IsBlank(utf8)) return new(Body, "must be JSON, but is empty");
        if (error.InnerException is JsonException syntax) return NotJson(syntax);
        var path = PathOf((error as JsonException)?.Path);
        var reason = (error.InnerException as InvalidRequestException)?.Reason;
        if (reason?.EndsWith("an integer", StringComparison.Ordinal) is true)
            reason += Units.GetValueOrDefault(path[(path.LastIndexOf('.') + 1)..]);
        // Whether there may be nothing is a question of the field, not of its kind of value.
        if (reason is not null && !reason.StartsWith("null ", StringComparison.Ordinal))
            return new(path, reason);
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Bodies.DepthMax });
        try
        {
            json.Read();
            return InValue(ref json, type, "")
                ?? new(path, reason ?? "has a value that cannot be read");
        }
        catch (JsonException e)
        {
            // It was refused before its end, and is not JSON behind that.
            return NotJson(e);
        }
        catch (InvalidOperationException)
        {
            return new(Body, "has a field whose name is not valid Unicode");
        }
    }

    private static InvalidRequestException? InValue(
        ref Utf8JsonReader json, JsonTypeInfo type, string path) => type.Kind switch
        {
            JsonTypeInfoKind.Object => InObject(ref json, type, path),
            JsonTypeInfoKind.Enumerable => InList(ref json, type, path),
            JsonTypeInfoKind.Dictionary => InDictionary(ref json, path),
            _ => null,
        };

    private static InvalidRequestException? InObject(
        ref Utf8JsonReader json, JsonTypeInfo type, string path)
    {
        var names = type.Properties.Select(property => property.Name).ToList();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return new(path.Length == 0 ? Body : path,
                $"must be a JSON object; its fields are {string.Join(", ", names)}");
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            var at = Join(path, name);
            if (type.Properties.FirstOrDefault(each => each.Name == name) is not { } property)
            {
                return new(at, $"is not known here{NearestName.Suggest(name, names)} "
                    + $"(known: {string.Join(", ", names)})");
            }
            if (!seen.Add(name)) return Twice(at);
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                if (!property.IsSetNullable)
                    return new(at, property.IsRequired ? "is missing"
                        : "must not be null; leave it out instead");
                continue;
            }
            var inner = type.Options.GetTypeInfo(property.PropertyType);
            if (InValue(ref json, inner, at) is { } fault) return fault;
            json.Skip();
        }
        return type.Properties.FirstOrDefault(each => each.IsRequired && !seen.Contains(each.Name))
            is { } missing ? new(Join(path, missing.Name), "is missing") : null;
    }

    private static InvalidRequestException? InList(
        ref Utf8JsonReader json, JsonTypeInfo type, string path)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            return new(path.Length == 0 ? Body : path, "must be a JSON array");
        var item = type.Options.GetTypeInfo(type.ElementType!);
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (InValue(ref json, item, at) is { } fault) return fault;
            json.Skip();
        }
        return null;
    }

    private static InvalidRequestException? InDictionary(ref Utf8JsonReader json, string path)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            return new(path, "must be a JSON object of texts");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!seen.Add(name)) return Twice(Join(path, name));
            json.Skip();
        }
        return null;
    }

    private static InvalidRequestException Twice(string path) =>
        new(path, "must not be given twice");

    private static string Join(string path, string name) =>
        path.Length == 0 ? Parse.Shorten(name) : $"{path}.{Parse.Shorten(name)}";

    // $.meta['a b'] and $[17].amount are meta.a b and [17].amount.
    private static string PathOf(string? path) => path is null or "$" ? Body
        : path[1..].TrimStart('.').Replace("['", ".", StringComparison.Ordinal)
            .Replace("']", "", StringComparison.Ordinal);

    private static InvalidRequestException NotJson(JsonException e)
    {
        var why = e.Message.AsSpan();
        var end = why.IndexOf(" LineNumber", StringComparison.Ordinal);
        if (end >= 0) why = why[..end];
        var (line, at) = (e.LineNumber + 1, e.BytePositionInLine + 1);
        return new(Body, string.Create(CultureInfo.InvariantCulture,
            $"is not valid JSON at line {line}, byte {at}: {why}"));
    }
}
