using Settle.Billing.Rules;
using Settle.Paper.Pdf;
using Settle.Paper.Xml;

namespace Settle;

/// <summary>Checks electronic invoices, whoever wrote them.</summary>
public static class InvoiceChecker
{
    private static readonly string[] Ubl =
        ["the schema of UBL 2.1, and the syntax rules UBL-SR, UBL-CR and UBL-DT"];

    private static readonly string[] Cii =
        ["the schema of CII D16B, and the syntax rules CII-SR and CII-DT"];

    /// <summary>
    /// Says what an electronic invoice is, which rules it breaks, and what was not checked.
    /// </summary>
    /// <param name="file">
    /// UBL 2.1 or CII (XML), or a PDF file with one of them inside, as Factur-X and ZUGFeRD have
    /// it.
    /// </param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidRequestException">
    /// It is not an electronic invoice, or it is damaged.
    /// </exception>
    public static InvoiceCheck Check(Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        var bytes = copy.ToArray();
        var attachment = PdfInvoice.Is(bytes) ? PdfInvoice.Find(bytes) : null;
        var root = XmlInput.Load(attachment?.Bytes ?? bytes, cancellationToken);
        var invoice = InvoiceReader.Read(root);
        var profile = EnProfiles.Of(invoice.Specification);
        var isUbl = root.Name.LocalName != "CrossIndustryInvoice";
        var notChecked = new List<string>(isUbl ? Ubl : Cii);
        if (attachment is not null)
        {
            notChecked.Add("PDF/A-3, what the PDF file says of its attachment, and whether its "
                + "pages say the same");
        }
        notChecked.AddRange(NotChecked(profile));
        cancellationToken.ThrowIfCancellationRequested();
        var found = EnRules.Find(invoice);
        return new InvoiceCheck
        {
            Syntax = isUbl ? "ubl" : "cii",
            Attachment = attachment?.Name,
            Profile = NameOf(profile),
            Specification = invoice.Specification,
            Number = invoice.Number,
            Date = invoice.IssueDate,
            Type = invoice.TypeCode,
            Seller = invoice.Seller?.Name,
            Buyer = invoice.Buyer?.Name,
            Currency = invoice.Currency,
            Totals = TotalsOf(invoice.Totals),
            Violations = found.Violations,
            Omitted = found.Omitted,
            NotChecked = notChecked,
        };
    }

    private static string NameOf(EnProfile profile) => profile switch
    {
        EnProfile.Plain => "EN 16931",
        EnProfile.XRechnung => "XRechnung",
        EnProfile.XRechnungExtension => "XRechnung with its extension",
        EnProfile.XRechnungCvd => "XRechnung for clean vehicles",
        EnProfile.Peppol => "Peppol BIS Billing 3",
        EnProfile.Minimum => "Factur-X MINIMUM",
        EnProfile.BasicWithoutLines => "Factur-X BASIC WL",
        EnProfile.Basic => "Factur-X BASIC",
        EnProfile.Extended => "Factur-X EXTENDED",
        _ => "EN 16931 (what it says it follows is not known here)",
    };

    private static string[] NotChecked(EnProfile profile) => profile switch
    {
        EnProfile.XRechnung or EnProfile.XRechnungCvd => ["BR-TMP-2 and BR-TMP-3"],
        EnProfile.XRechnungExtension =>
            ["BR-DEX-02, BR-DEX-10 to BR-DEX-14, BR-TMP-2 and BR-TMP-3"],
        EnProfile.Peppol => ["Peppol's rules of single countries, of identifiers "
            + "(PEPPOL-COMMON) and of codes (PEPPOL-EN16931-CL, -P), and PEPPOL-EN16931-R006, "
            + "-R007, -R051, -R080, -R100"],
        EnProfile.Extended => ["the rules that EXTENDED has of its own (BR-FXEXT): lines within "
            + "lines, and sums with a tolerance"],
        EnProfile.Minimum or EnProfile.BasicWithoutLines =>
            ["the rules about lines and taxes, which this profile leaves out; it is not an "
            + "invoice of EN 16931"],
        EnProfile.Other => ["the rules of what it says it follows (BT-24), beyond EN 16931"],
        _ => [],
    };

    private static InvoiceCheckTotals TotalsOf(EnTotals? totals) => new()
    {
        Lines = Text(totals?.Lines),
        Allowances = Text(totals?.Allowances),
        Charges = Text(totals?.Charges),
        Net = Text(totals?.Net),
        Tax = Text(totals?.Tax),
        Gross = Text(totals?.Gross),
        Paid = Text(totals?.Paid),
        Rounding = Text(totals?.Rounding),
        Payable = Text(totals?.Payable),
    };

    private static string? Text(decimal? amount) =>
        amount?.ToString(CultureInfo.InvariantCulture);
}
