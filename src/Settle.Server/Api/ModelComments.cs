using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Settle.Server;

/// <summary>
/// The comments of the model's types and properties, as the OpenAPI document shows them.
/// </summary>
internal sealed class ModelComments
{
    private static readonly string[] Resources = ["model.xml", "values.xml"];

    // How the library keeps, until it writes the document, what it shows beside a reference.
    private const string SchemaId = "x-schema-id";
    private const string ReferenceDescription = "x-ref-description";
    private readonly Dictionary<string, XElement> _members;

    public ModelComments()
    {
        _members = Resources.SelectMany(Load)
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<XElement> Load(string resource)
    {
        using var stream = typeof(ModelComments).Assembly.GetManifestResourceStream(resource)!;
        return XDocument.Load(stream).Descendants("member");
    }

    public void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (TextOf($"T:{NameOf(context.JsonTypeInfo.Type)}") is { } ofType)
            schema.Description = ofType;
        if (context.JsonPropertyInfo?.AttributeProvider is not PropertyInfo property
            || TextOf($"P:{NameOf(property.DeclaringType!)}.{property.Name}") is not { } text)
        {
            return;
        }
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type)
            == typeof(Money))
            text += " In the asset's minor unit.";
        if (schema.Metadata is { } metadata && metadata.TryGetValue(SchemaId, out var id)
            && id is string { Length: > 0 })
        {
            metadata[ReferenceDescription] = text;
            schema.Description ??= text;
        }
        else
        {
            schema.Description = text;
        }
    }

    private static string NameOf(Type type) =>
        ((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? "")
            .Replace('+', '.');

    private string? TextOf(string member)
    {
        if (!_members.TryGetValue(member, out var comment)) return null;
        if (comment.Element("inheritdoc")?.Attribute("cref")?.Value is { } other)
            return TextOf(other);
        if (comment.Element("summary") is not { } summary) return null;
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement element => element.Value,
            _ => node.ToString(SaveOptions.DisableFormatting),
        }));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
