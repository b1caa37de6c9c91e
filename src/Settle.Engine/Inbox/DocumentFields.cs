using System.Runtime.InteropServices;
using Settle.Wire;

namespace Settle.Inbox;

/// <summary>
/// Reads the members of a client's document. What is malformed is an
/// <see cref="InvalidRequestException"/> that names the member.
/// </summary>
internal readonly struct DocumentFields(JsonElement body)
{
    private delegate T ValueReader<T>(ref Utf8JsonReader json);

    public static InvalidRequestException Missing(string field) => new(field, "is missing");

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string field) =>
        body.TryGetProperty(field, out var member) ? Read(field, member, JsonValues.Text) : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string field) =>
        Text(field) is { Length: > 0 } text ? text : throw Missing(field);

    /// <summary>An integer in the minor unit; null when there is none.</summary>
    public Money? Amount(string field) =>
        body.TryGetProperty(field, out var member) ? Read(field, member, JsonValues.Amount) : null;

    public bool Flag(string field) =>
        body.TryGetProperty(field, out var member) && Read(field, member, JsonValues.Flag);

    public Dictionary<string, string>? Meta()
    {
        if (!body.TryGetProperty("meta", out var member)) return null;
        if (member.ValueKind != JsonValueKind.Object)
            throw new InvalidRequestException("meta", "must be a JSON object of texts");
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in member.EnumerateObject())
            meta[pair.Name] = Read($"meta.{pair.Name}", pair.Value, JsonValues.Text);
        return meta;
    }

    private static T Read<T>(string field, JsonElement member, ValueReader<T> read)
    {
        var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(member));
        json.Read();
        try
        {
            return read(ref json);
        }
        catch (InvalidRequestException fault)
        {
            throw new InvalidRequestException(field, fault.Reason);
        }
    }
}
