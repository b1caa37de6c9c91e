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

    /// <summary>
    /// A member by its name as it stands there. Others may have names that are not Unicode, such as
    /// half a surrogate: those are not decoded.
    /// </summary>
    public static bool TryFind(JsonElement body, string name, out JsonElement member)
    {
        member = default;
        foreach (var each in body.EnumerateObject())
            if (Ascii.Equals(JsonMarshal.GetRawUtf8PropertyName(each), name)) member = each.Value;
        return member.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>The name of a member; null when it is not Unicode.</summary>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member that the database gives every document.</summary>
    public static string TextOf(JsonElement body, string name) =>
        TryFind(body, name, out var member) ? member.GetString()!
            : throw new KeyNotFoundException($"a document without {name}");

    public static InvalidRequestException Missing(string field) => new(field, "is missing");

    /// <summary>A text; null when there is none.</summary>
    public string? Text(string field) =>
        TryFind(body, field, out var member) ? Read(field, member, JsonValues.Text) : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string field) =>
        Text(field) is { Length: > 0 } text ? text : throw Missing(field);

    /// <summary>An integer in the minor unit; null when there is none.</summary>
    public Money? Amount(string field) =>
        TryFind(body, field, out var member) ? Read(field, member, JsonValues.Amount) : null;

    public bool Flag(string field) =>
        TryFind(body, field, out var member) && Read(field, member, JsonValues.Flag);

    public Dictionary<string, string>? Meta()
    {
        if (!TryFind(body, "meta", out var member)) return null;
        if (member.ValueKind != JsonValueKind.Object)
            throw new InvalidRequestException("meta", "must be a JSON object of texts");
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in member.EnumerateObject())
        {
            var name = NameOf(pair) ?? throw new InvalidRequestException(
                "meta", "has a name that is not valid Unicode");
            meta[name] = Read($"meta.{name}", pair.Value, JsonValues.Text);
        }
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
