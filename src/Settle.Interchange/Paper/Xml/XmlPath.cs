using System.Xml.Linq;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>Finds elements by their names, whatever prefix their namespace has.</summary>
internal static class XmlPath
{
    /// <summary>The elements at a path below one, such as <c>Party/PostalAddress</c>.</summary>
    public static IEnumerable<XElement> All(this XElement? element, string path) =>
        (element is null ? (IEnumerable<XElement>)[] : [element]).All(path);

    /// <summary>The elements at a path below each of some.</summary>
    public static IEnumerable<XElement> All(this IEnumerable<XElement> elements, string path)
    {
        var found = elements;
        foreach (var name in path.Split('/'))
            found = found.Elements().Where(each => each.Name.LocalName == name);
        return found;
    }

    public static XElement? One(this XElement? element, string path) =>
        element.All(path).FirstOrDefault();

    /// <summary>The text at a path; null if the element is missing.</summary>
    public static string? Text(this XElement? element, string path) =>
        element.One(path)?.Value.Trim();

    public static string? Attribute(this XElement? element, string path, string name) =>
        element.One(path)?.Attribute(name)?.Value.Trim();

    /// <summary>The number at a path, with the decimals it is written with.</summary>
    /// <exception cref="InvalidRequestException">It is not one.</exception>
    public static decimal? Number(this XElement? element, string path) =>
        element.One(path).Number();

    /// <summary>The number that an element holds.</summary>
    /// <exception cref="InvalidRequestException">It is not one.</exception>
    public static decimal? Number(this XElement? element)
    {
        var text = element?.Value.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidRequestException("file",
                $"{element!.Name.LocalName}: '{text}' is not a number");
    }

    /// <summary>What an indicator says; null when it says neither.</summary>
    public static bool? Indicator(string? text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>The names of the elements below one that hold nothing, each once.</summary>
    public static IReadOnlyList<string> EmptyElements(this XElement root, string except = "") =>
        [.. root.DescendantsAndSelf().Where(each => !each.HasElements
            && string.IsNullOrWhiteSpace(each.Value) && each.Name.LocalName != except)
            .Select(each => each.Name.LocalName).Distinct()];

    public static EnIdentifier? Identifier(this XElement? element, string path,
        string scheme = "schemeID") => element.One(path) is { } id
            ? new EnIdentifier(id.Value.Trim(), id.Attribute(scheme)?.Value.Trim()) : null;
}
