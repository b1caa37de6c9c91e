using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Paper.Letters;
using Settle.Paper.Xml;

namespace Settle;

/// <summary>
/// An invoice or a credit note as it is sent: as a letter, and as an electronic invoice. The same
/// invoice gives the same bytes, whenever and wherever they are made, whatever was paid meanwhile.
/// </summary>
public static class InvoicePaper
{
    /// <summary>
    /// A letter as PDF/A-3 with the electronic invoice inside it (Factur-X, ZUGFeRD): people read
    /// the one, programs the other.
    /// </summary>
    public static byte[] Pdf(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return Letter.Write(invoice);
    }

    /// <summary>
    /// The electronic invoice of EN 16931 in UBL 2.1, UTF-8; an XRechnung where the buyer has a
    /// Leitweg-ID.
    /// </summary>
    public static byte[] Ubl(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return UblWriter.Write(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// The electronic invoice of EN 16931 in UN/CEFACT's syntax (CII D16B), UTF-8; an XRechnung
    /// where the buyer has a Leitweg-ID.
    /// </summary>
    public static byte[] Cii(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return CiiWriter.Write(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// Which rules of EN 16931, and of XRechnung where the buyer has a Leitweg-ID, an invoice
    /// breaks; empty when it may be sent.
    /// </summary>
    public static IReadOnlyList<RuleViolation> Check(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return EnRules.Check(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// Which rules an electronic invoice breaks that somebody else wrote, in UBL or in CII.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is no electronic invoice, or it is damaged.
    /// </exception>
    public static IReadOnlyList<RuleViolation> Check(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return EnRules.Check(InvoiceReader.Read(xml));
    }
}
