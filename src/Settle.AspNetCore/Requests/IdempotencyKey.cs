using System.Text.Json.Serialization.Metadata;

namespace Settle.Server;

/// <summary>
/// The header <c>Idempotency-Key</c>: the id of a request whose body has none. It is a string of
/// structured fields (RFC 9651), in quotes, or the bare id.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const string Id = "id";

    /// <summary>The id in a request's header; null without one.</summary>
    /// <exception cref="InvalidRequestException">It is malformed, or there are several.</exception>
    public static string? Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0) return null;
        if (values.Count > 1) throw new InvalidRequestException(Header, "must not be given twice");
        var text = values.ToString().Trim(' ', '\t');
        var id = text.StartsWith('"') ? Unquote(text) : text;
        if (!text.StartsWith('"') && text.AsSpan().ContainsAny('"', ','))
            throw Malformed(text);
        Texts.CheckName(Header, Encoding.UTF8.GetBytes(id), Limits.IdBytesMax);
        return id;
    }

    /// <summary>
    /// The id of a request without a body: the parameter <c>id</c>, or the header.
    /// </summary>
    /// <exception cref="InvalidRequestException">They differ.</exception>
    public static string? OfBodiless(LedgerCall call)
    {
        var (header, own) = (Of(call.Context.Request), call.Text(Id));
        return header is null || own is null || own == header ? own ?? header
            : throw new InvalidRequestException(Header,
                $"is '{header}', but the parameter id is '{own}'; send one of them, or the same "
                + "twice");
    }

    /// <summary>Gives the id to a body that has none.</summary>
    /// <exception cref="InvalidRequestException">The body has another one.</exception>
    public static void Give<T>(T body, JsonTypeInfo<T> type, string id)
        where T : notnull
    {
        if (PropertyOf(type) is not { } property) return;
        if (property.Get!(body) is not string own) property.Set!(body, id);
        else if (own != id)
            throw new InvalidRequestException(Header,
                $"is '{id}', but the body has the id '{own}'; send one of them, or the same twice");
    }

    /// <summary>Refuses a header that would protect nothing.</summary>
    /// <exception cref="InvalidRequestException">There is a header.</exception>
    public static void CheckAbsent(HttpRequest request, string why)
    {
        if (Of(request) is not null) throw new InvalidRequestException(Header, why);
    }

    /// <summary>Whether a body of a type has an id.</summary>
    public static bool IsFor(JsonTypeInfo type) => PropertyOf(type) is not null;

    private static JsonPropertyInfo? PropertyOf(JsonTypeInfo type) =>
        type.Kind == JsonTypeInfoKind.Object
            ? type.Properties.FirstOrDefault(property => property.Name == Id) : null;

    private static string Unquote(string text)
    {
        var id = new StringBuilder(text.Length);
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
                return text[(at + 1)..] is var rest && (rest.Length == 0 || rest[0] == ';')
                    ? id.ToString() : throw Malformed(text);
            if (text[at] == '\\' && ++at < text.Length && text[at] is not ('"' or '\\'))
                throw Malformed(text);
            if (at == text.Length || text[at] is < ' ' or > '~') throw Malformed(text);
            id.Append(text[at]);
        }
        throw Malformed(text);
    }

    private static InvalidRequestException Malformed(string text) =>
        Parse.Fault(Header, text, "is not a string; write it as \"k-17\", or bare: k-17");
}
