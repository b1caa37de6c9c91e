using System.Xml;
using Settle.Paper.Xml;

namespace Settle.Paper.Pdf;

/// <summary>
/// The metadata of a PDF/A-3b, and of the electronic invoice that it carries, if any: what ISO
/// 19005-3 and Factur-X ask for.
/// </summary>
internal sealed class XmpMetadata
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string FacturX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
    private const string Extension = "http://www.aiim.org/pdfa/ns/extension/";
    private const string Schema = "http://www.aiim.org/pdfa/ns/schema#";
    private const string Property = "http://www.aiim.org/pdfa/ns/property#";

    private static readonly (string Name, string What)[] FacturXProperties =
    [
        ("DocumentFileName", "The name of the embedded XML document"),
        ("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE"),
        ("Version", "The actual version of the standard applying to the embedded XML document"),
        ("ConformanceLevel", "The conformance level of the embedded XML document"),
    ];

    private readonly XmlWriter _xml;

    private XmpMetadata(XmlWriter xml) => _xml = xml;

    public static byte[] Write(PdfProperties properties, PdfAttachment? attachment)
    {
        using var output = new MemoryStream();
        output.Write("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"u8);
        var settings = XmlStyle.Settings.Clone();
        settings.OmitXmlDeclaration = true;
        using (var xml = XmlWriter.Create(output, settings))
            new XmpMetadata(xml).Write(properties, attachment, Stamp(properties.Date));
        output.Write("\n<?xpacket end=\"w\"?>\n"u8);
        return output.ToArray();
    }

    private static string Stamp(DateOnly date) =>
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00+00:00";

    private void Write(PdfProperties properties, PdfAttachment? attachment, string stamp)
    {
        _xml.WriteStartElement("x", "xmpmeta", "adobe:ns:meta/");
        _xml.WriteStartElement("rdf", "RDF", Rdf);
        About("pdfaid", "http://www.aiim.org/pdfa/ns/id/", ("part", "3"), ("conformance", "B"));
        DublinCore(properties);
        About("pdf", "http://ns.adobe.com/pdf/1.3/", ("Producer", "Settle"));
        About("xmp", "http://ns.adobe.com/xap/1.0/", ("CreatorTool", "Settle"),
            ("CreateDate", stamp), ("ModifyDate", stamp));
        if (attachment is not null)
        {
            About("fx", FacturX, ("DocumentType", "INVOICE"),
                ("DocumentFileName", attachment.Name), ("Version", "1.0"),
                ("ConformanceLevel", attachment.Profile));
            ExtensionSchema();
        }
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void About(string prefix, string schema, params (string Name, string Value)[] values)
    {
        StartAbout();
        foreach (var (name, value) in values)
            _xml.WriteElementString(prefix, name, schema, XmlStyle.Clean(value));
        _xml.WriteEndElement();
    }

    private void DublinCore(PdfProperties properties)
    {
        const string DublinCore = "http://purl.org/dc/elements/1.1/";
        StartAbout();
        Listed("title", "Alt", properties.Title);
        Listed("creator", "Seq", properties.Author);
        _xml.WriteEndElement();

        void Listed(string name, string kind, string value)
        {
            _xml.WriteStartElement("dc", name, DublinCore);
            _xml.WriteStartElement("rdf", kind, Rdf);
            _xml.WriteStartElement("rdf", "li", Rdf);
            if (kind == "Alt") _xml.WriteAttributeString("xml", "lang", null, "x-default");
            _xml.WriteString(XmlStyle.Clean(value));
            _xml.WriteEndElement();
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }
    }

    private void ExtensionSchema()
    {
        StartAbout();
        _xml.WriteStartElement("pdfaExtension", "schemas", Extension);
        _xml.WriteStartElement("rdf", "Bag", Rdf);
        StartResource();
        _xml.WriteElementString("pdfaSchema", "schema", Schema,
            "Factur-X PDFA Extension Schema");
        _xml.WriteElementString("pdfaSchema", "namespaceURI", Schema, FacturX);
        _xml.WriteElementString("pdfaSchema", "prefix", Schema, "fx");
        _xml.WriteStartElement("pdfaSchema", "property", Schema);
        _xml.WriteStartElement("rdf", "Seq", Rdf);
        foreach (var (name, what) in FacturXProperties)
        {
            StartResource();
            _xml.WriteElementString("pdfaProperty", "name", Property, name);
            _xml.WriteElementString("pdfaProperty", "valueType", Property, "Text");
            _xml.WriteElementString("pdfaProperty", "category", Property, "external");
            _xml.WriteElementString("pdfaProperty", "description", Property, what);
            _xml.WriteEndElement();
        }
        for (var open = 0; open < 6; open++) _xml.WriteEndElement();
    }

    private void StartAbout()
    {
        _xml.WriteStartElement("rdf", "Description", Rdf);
        _xml.WriteAttributeString("rdf", "about", Rdf, "");
    }

    private void StartResource()
    {
        _xml.WriteStartElement("rdf", "li", Rdf);
        _xml.WriteAttributeString("rdf", "parseType", Rdf, "Resource");
    }
}
