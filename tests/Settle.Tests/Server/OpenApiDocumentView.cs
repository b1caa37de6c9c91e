using System.Text.Json;

namespace Settle.Tests.Server;

/// <summary>An OpenAPI document, as far as checking answers against it needs.</summary>
internal sealed class OpenApiDocumentView(JsonElement root)
{
    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        from path in root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name.ToUpperInvariant(), operation.Value);

    /// <summary>What is wrong with a value by a schema; nothing when it fits.</summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Faults(value, Resolve(reference), at);
        if (schema.TryGetProperty("oneOf", out var options))
        {
            return options.EnumerateArray().Count(option => !Faults(value, option, at).Any()) == 1
                ? []
                : [$"{at}: {value} is not exactly one of {options}"];
        }
        if (schema.TryGetProperty("type", out var type) && !IsOfType(value, type))
            return [$"{at}: {value} is not {type}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectFaults(value, schema, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, index) => Faults(item, items, $"{at}[{index}]")),
            _ => [],
        };
    }

    private IEnumerable<string> ObjectFaults(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) yield return $"{at}.{name} is missing";
        }
        var known = schema.TryGetProperty("properties", out var properties);
        foreach (var property in value.EnumerateObject())
        {
            JsonElement each;
            if (known && properties.TryGetProperty(property.Name, out each)
                || schema.TryGetProperty("additionalProperties", out each))
            {
                foreach (var fault in Faults(property.Value, each, $"{at}.{property.Name}")) yield return fault;
            }
            else if (known)
            {
                yield return $"{at}.{property.Name} is not documented";
            }
        }
    }

    private JsonElement Resolve(JsonElement reference) =>
        reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name));

    private static bool IsOfType(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(each => IsOfType(value, each))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "integer" => value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny(".eE"),
            _ => value.ValueKind == JsonValueKind.Number,
        };
}
