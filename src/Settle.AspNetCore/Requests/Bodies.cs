using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Settle.Server;

/// <summary>
/// Reads the JSON of requests strictly: unknown, repeated, missing and mistyped fields are refused.
/// </summary>
internal static class Bodies
{
    public const int DepthMax = 8;

    // Texts that may be there and say nothing; anything else that is empty is a mistake.
    private static readonly string[] MayBeEmpty = ["memo", "reason", "reference", "series"];

    // Bodies whose every field may be left out. The others say {} if they mean nothing.
    private static readonly Type[] MayBeBlank = 
        [typeof(IdBody), typeof(CaptureBody), typeof(VoidBody), typeof(RevertBody)];

    private static readonly JsonSerializerOptions Options = new()
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        MaxDepth = DepthMax,
        TypeInfoResolver = WireJson.Default.WithAddedModifier(Refine),
        Converters =
        {
            new BodyValue<string>(JsonValues.Text),
            new BodyValue<bool>(JsonValues.Flag),
            new BodyValue<int>(JsonValues.Integer),
            new BodyValue<Money>(JsonValues.Amount),
            new BodyValue<TimeSpan>(JsonValues.Seconds),
            new BodyValue<PriceKind>(JsonValues.Word<PriceKind>),
            new BodyValue<TaxTreatment>(JsonValues.Word<TaxTreatment>),
            new BodyValue<decimal>(JsonValues.Decimal),
            new BodyValue<DateOnly>(JsonValues.Day),
            new BodyValue<DateTimeOffset>(JsonValues.Time),
            new BodyValue<byte[]>(JsonValues.Bytes),
            new BodyValue<Overdraft>(JsonValues.Overdraft),
            new BodyValue<Ceiling>(JsonValues.Ceiling),
        },
    };

    /// <summary>Whether a body of a type has an id, which may be in a header too.</summary>
    public static bool HasId<T>() => IdempotencyKey.IsFor(Options.GetTypeInfo(typeof(T)));

    /// <summary>Reads a body. That of a capture, a void or a revert may be left out.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="id">Its id, if it has none itself.</param>
    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string? id)
        where T : notnull
    {
        var body = Read<T>(utf8);
        if (id is not null)
            IdempotencyKey.Give(body, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)), id);
        return body;
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, string?)"/>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
        where T : notnull
    {
        var type = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
        if (MayBeBlank.Contains(typeof(T)) && BodyFaults.IsBlank(utf8)) utf8 = "{}"u8;
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw BodyFaults.Of(utf8, type, e);
        }
    }

    /// <summary>Reads an array of requests.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="what">What the requests are, for people.</param>
    /// <exception cref="InvalidRequestException">It is empty, or one is malformed.</exception>
    /// <exception cref="HttpProblemException">It has too many.</exception>
    public static T[] ReadBatch<T>(ReadOnlySpan<byte> utf8, string what)
    {
        var requests = Read<T[]>(utf8);
        if (requests.Length > Limits.BatchMax) throw HttpProblemException.BatchTooLarge(what);
        return requests.Length > 0 ? requests
            : throw new InvalidRequestException("body", $"must have at least one of the {what}");
    }

    private static void Refine(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            type.OnDeserialized = items =>
            {
                if (((IEnumerable)items).Cast<object?>().Contains(null)) throw new JsonException();
            };
        }
        // What is for .NET only would be passed over in silence.
        foreach (var ignored in type.Properties
            .Where(each => each.Get is null && each.Set is null).ToList())
            type.Properties.Remove(ignored);
        // The id may come in a header, behind the body; what is generated sets init-only
        // properties as it makes the object, and then no more.
        foreach (var property in type.Properties.Where(each => each.Name == "id"))
            property.Set = ((PropertyInfo)property.AttributeProvider!).SetValue;
        foreach (var property in type.Properties.Where(each => each.Name == "timestamp"))
            property.CustomConverter = new BodyValue<DateTimeOffset?>(
                (ref json) => JsonValues.Timestamp(ref json), takesNull: false);
        foreach (var property in type.Properties.Where(each => each.PropertyType == typeof(string)))
            property.CustomConverter = property.IsRequired || MayBeEmpty.Contains(property.Name)
                ? new BodyValue<string>(JsonValues.Text, takesNull: false)
                : new BodyValue<string>(JsonValues.Word, takesNull: false);
    }
}
