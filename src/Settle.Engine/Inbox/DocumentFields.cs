using System.Text.Json;

namespace Settle.Inbox;

/// <summary>
/// Reads the members of a client's document. What is malformed is an
/// <see cref="InvalidRequestException"/> that names the member.
/// </summary>
internal readonly struct DocumentFields(JsonElement body)
{
    public static InvalidRequestException Missing(string field) => new(field, "is missing");

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string field)
    {
        if (!body.TryGetProperty(field, out var member)) return null;
        return member.ValueKind == JsonValueKind.String
            ? Unescaped(field, member)
            : throw new InvalidRequestException(field, "must be a string");
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string field) =>
        Text(field) is { Length: > 0 } text ? text : throw Missing(field);

    /// <summary>An integer in the minor unit; null when there is none.</summary>
    public Money? Amount(string field)
    {
        if (!body.TryGetProperty(field, out var member)) return null;
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var amount)
            ? Money.InLedgersScale(amount, null)
            : throw new InvalidRequestException(
                field, "must be an integer in the minor unit (5000 is 50.00)");
    }

    public bool Flag(string field)
    {
        if (!body.TryGetProperty(field, out var member)) return false;
        return member.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.GetBoolean()
            : throw new InvalidRequestException(field, "must be true or false");
    }

    public Dictionary<string, string>? Meta()
    {
        if (!body.TryGetProperty("meta", out var member)) return null;
        if (member.ValueKind != JsonValueKind.Object)
            throw new InvalidRequestException("meta", "must be an object of strings");
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in member.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
                throw new InvalidRequestException($"meta.{pair.Name}", "must be a string");
            meta[pair.Name] = Unescaped($"meta.{pair.Name}", pair.Value);
        }
        return meta;
    }

    // Half a surrogate pair can be written in JSON, but stands for nothing.
    private static string Unescaped(string field, JsonElement member)
    {
        try
        {
            return member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRequestException(field, "must be valid Unicode");
        }
    }
}
