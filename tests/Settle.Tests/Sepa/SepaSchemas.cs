using System.IO.Compression;
using System.Xml;
using System.Xml.Schema;
using Xunit;

namespace Settle.Tests.Sepa;

/// <summary>
/// The public schemas of ISO 20022, which Debian's package libhbci4j-core-java has. Tests are skipped
/// where it is not installed.
/// </summary>
internal static class SepaSchemas
{
    private const string Jar = "/usr/share/java/hbci4j-core.jar";

    /// <summary>Expects a message to be what its schema says.</summary>
    public static void Check(byte[] message, string name)
    {
        Assert.SkipUnless(File.Exists(Jar), "libhbci4j-core-java is not installed; ./test installs it");
        using var jar = ZipFile.OpenRead(Jar);
        using var schema = jar.GetEntry($"{name}.xsd")!.Open();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add($"urn:iso:std:iso:20022:tech:xsd:{name}", XmlReader.Create(schema));
        var faults = new List<string>();
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var reader = XmlReader.Create(new MemoryStream(message), settings);
        while (reader.Read())
        {
        }
        Assert.Empty(faults);
    }
}
