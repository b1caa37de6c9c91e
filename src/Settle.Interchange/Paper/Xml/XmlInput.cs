using System.Xml;
using System.Xml.Linq;

namespace Settle.Paper.Xml;

/// <summary>
/// Reads XML of strangers: in time and memory that grow with its length only, however it is built.
/// </summary>
internal static class XmlInput
{
    private const int DepthMax = 32;
    private const int NodesPerLook = 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is not XML, its elements are nested too deep or have too many attributes, or it is not
    /// in the encoding that it declares.
    /// </exception>
    public static XElement Load(Stream input, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return Load(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), cancellation);
    }

    /// <inheritdoc cref="Load(Stream, CancellationToken)"/>
    public static XElement Load(ReadOnlySpan<byte> bytes, CancellationToken cancellation)
    {
        var decoded = XmlEncoding.Decode(bytes);
        XmlTags.Check(decoded);
        try
        {
            using var text = new StringReader(decoded);
            using var reader = XmlReader.Create(text, Settings);
            return Load(reader, cancellation);
        }
        catch (XmlException) when (decoded.Contains("<!DOCTYPE", StringComparison.Ordinal))
        {
            throw new InvalidRequestException("file", "has a document type (<!DOCTYPE ...>), which "
                + "is not read; leave it out");
        }
        catch (XmlException e)
        {
            throw new InvalidRequestException("file", $"is not XML, or it ends early: {e.Message}");
        }
    }

    // XElement.Load would nest without end, and compare each attribute with all before it.
    private static XElement Load(XmlReader reader, CancellationToken cancellation)
    {
        XElement? root = null, open = null;
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (nodes % NodesPerLook == 0) cancellation.ThrowIfCancellationRequested();
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Check(reader);
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    root ??= element;
                    open?.Add(element);
                    if (!reader.IsEmptyElement) open = element;
                    AddAttributes(reader, element);
                    break;
                case XmlNodeType.EndElement:
                    open = open!.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    open!.Add(new XText(reader.Value));
                    break;
            }
        }
        return root!;
    }

    private static void AddAttributes(XmlReader reader, XElement element)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != XNamespace.Xmlns.NamespaceName)
                element.Add(new XAttribute(
                    XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
        }
    }

    private static void Check(XmlReader reader)
    {
        if (reader.Depth < DepthMax) return;
        throw new InvalidRequestException("file", $"has elements that are nested more than "
            + $"{DepthMax} deep: {reader.Name} in line "
            + ((IXmlLineInfo)reader).LineNumber.ToString(CultureInfo.InvariantCulture));
    }
}
