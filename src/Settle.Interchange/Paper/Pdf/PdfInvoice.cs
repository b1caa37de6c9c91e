using UglyToad.PdfPig.Exceptions;

namespace Settle.Paper.Pdf;

/// <summary>Finds the electronic invoice within a PDF file.</summary>
internal static class PdfInvoice
{
    private const int BytesMax = 64 * 1024 * 1024;

    // What Factur-X, ZUGFeRD and XRechnung call it, the newest first.
    private static readonly string[] Names =
        ["factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml"];

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith("%PDF"u8);

    /// <summary>The invoice, and what it is called.</summary>
    /// <exception cref="InvalidRequestException">It is damaged, or has no invoice.</exception>
    public static (string Name, byte[] Bytes)? Find(byte[] file)
    {
        var files = Attachments(file)
            .Where(each => each.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in Names)
        {
            foreach (var each in files)
                if (each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return each;
        }
        return files is [var only] ? only : throw Fault(files.Count == 0
            ? "has no XML file attached, so it is not an electronic invoice"
            : "has several XML files attached, and none is called factur-x.xml");
    }

    private static List<(string Name, byte[] Bytes)> Attachments(byte[] file)
    {
        try
        {
            using var document = UglyToad.PdfPig.PdfDocument.Open(file);
            if (!document.Advanced.TryGetEmbeddedFiles(out var embedded)) return [];
            return [.. embedded.Select(each => (Path.GetFileName(each.Name),
                each.Memory.Length <= BytesMax ? each.Memory.ToArray()
                    : throw Fault("has an attachment of more than 64 MiB")))];
        }
        catch (PdfDocumentEncryptedException)
        {
            throw Fault("is encrypted; open it with its password, and save it without");
        }
        catch (Exception e) when (e is not (InvalidRequestException or OutOfMemoryException))
        {
            // The library throws exceptions of many kinds at damage, some of them unintended.
            throw Fault($"is damaged ({e.Message})");
        }
    }

    private static InvalidRequestException Fault(string what) =>
        new("file", $"the PDF file {what}");
}
