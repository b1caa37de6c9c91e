namespace Settle.Paper.Pdf;

/// <summary>
/// A document of PDF/A-3b (ISO 19005-3), with a file inside if there is one: fonts and colours are
/// in it, nothing moves, and it says of itself what it is.
/// </summary>
internal sealed class PdfDocument(PdfProperties properties, PdfAttachment? attachment)
{
    private readonly List<PdfPage> _pages = [];
    private readonly Dictionary<TrueTypeFont, PdfFont> _fonts = [];
    private readonly SortedDictionary<string, PdfImage> _images = new(StringComparer.Ordinal);

    /// <summary>A font as this document has it.</summary>
    public PdfFont FontOf(TrueTypeFont font)
    {
        if (_fonts.TryGetValue(font, out var known)) return known;
        var added = new PdfFont(
            string.Create(CultureInfo.InvariantCulture, $"F{_fonts.Count + 1}"), font);
        _fonts.Add(font, added);
        return added;
    }

    public PdfPage AddPage()
    {
        _pages.Add(new PdfPage());
        return _pages[^1];
    }

    /// <summary>Makes a picture known; pages draw it by its key.</summary>
    public void AddImage(string key, PdfImage image) => _images[key] = image;

    public byte[] Write()
    {
        using var pdf = new PdfWriter();
        var (catalog, info, tree) = (pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        var (metadata, profile) = (pdf.Reserve(), pdf.Reserve());
        var file = attachment is null ? 0 : pdf.Reserve();
        var data = attachment is null ? 0 : pdf.Reserve();
        pdf.Write(catalog, $"<< /Type /Catalog /Pages {tree} 0 R /Metadata {metadata} 0 R "
            + $"/Lang ({properties.Language}) /ViewerPreferences << /DisplayDocTitle true >> "
            + "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 "
            + "/OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) "
            + $"/RegistryName (http://www.color.org) /DestOutputProfile {profile} 0 R >>] "
            + (attachment is null ? ">>" : $"/AF [{file} 0 R] /Names << /EmbeddedFiles "
                + $"<< /Names [({attachment.Name}) {file} 0 R] >> >> >>"));
        pdf.Write(info, $"<< /Title {PdfWriter.TextString(properties.Title)} "
            + $"/Author {PdfWriter.TextString(properties.Author)} /Creator (Settle) "
            + $"/Producer (Settle) /CreationDate ({Stamp}) /ModDate ({Stamp}) >>");
        // Programs have to be able to read the metadata without unpacking.
        pdf.WriteRaw(metadata, "/Type /Metadata /Subtype /XML",
            XmpMetadata.Write(properties, attachment));
        pdf.WritePacked(profile, "/N 3", IccProfile.Packed);
        if (attachment is not null) WriteAttachment(pdf, attachment, file, data);
        WritePages(pdf, tree);
        return pdf.Finish(catalog, info);
    }

    private void WriteAttachment(PdfWriter pdf, PdfAttachment attached, int file, int data)
    {
        pdf.Write(file, $"<< /Type /Filespec /F ({attached.Name}) /UF ({attached.Name}) "
            + "/AFRelationship /Alternative /Desc (Electronic invoice) "
            + $"/EF << /F {data} 0 R /UF {data} 0 R >> >>");
        pdf.WriteStream(data, string.Create(CultureInfo.InvariantCulture,
            $"/Type /EmbeddedFile /Subtype /text#2Fxml /Params << /ModDate ({Stamp}) "
            + $"/Size {attached.Data.Length} >>"), attached.Data);
    }

    private string Stamp =>
        $"D:{properties.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}000000+00'00'";

    private void WritePages(PdfWriter pdf, int tree)
    {
        var fonts = _fonts.Values.Where(font => font.IsUsed)
            .Select(font => (font, Id: pdf.Reserve())).ToList();
        var images = _images.Select(image => (image.Key, image.Value, Id: pdf.Reserve())).ToList();
        var pages = _pages.Select(page => (page, Id: pdf.Reserve(), Content: pdf.Reserve()))
            .ToList();
        pdf.Write(tree, string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ',
                pages.Select(page => $"{page.Id} 0 R"))}] >>"));
        var fontList = string.Join(' ', fonts.Select(font => $"/{font.font.Key} {font.Id} 0 R"));
        foreach (var (page, id, content) in pages)
        {
            var drawn = string.Join(' ', images.Where(image => page.Images.Contains(image.Key))
                .Select(image => $"/{image.Key} {image.Id} 0 R"));
            pdf.Write(id, string.Create(CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PdfPage.Width} "
                + $"{PdfPage.Height}] /Resources << /Font << {fontList} >> /XObject << {drawn} >> "
                + $">> /Contents {content} 0 R >>"));
            pdf.WriteStream(content, "", page.Content);
        }
        foreach (var (font, id) in fonts) font.Write(pdf, id);
        foreach (var (_, image, id) in images) image.Write(pdf, id);
    }
}
