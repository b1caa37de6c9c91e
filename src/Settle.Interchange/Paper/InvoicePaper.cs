using Settle.Billing;
using Settle.Billing.Rules;
using Settle.Paper.Letters;
using Settle.Paper.Xml;

namespace Settle;

/// <summary>
/// An invoice or a credit note in the form in which it is sent: a letter or an electronic invoice.
/// The same invoice always gives the same bytes, on every machine, whatever has been paid since.
/// </summary>
public static class InvoicePaper
{
    /// <summary>
    /// Makes a letter as PDF/A-3 with the electronic invoice inside (Factur-X, ZUGFeRD): people
    /// read one, programs the other. In an asset of the ledger's own it is the letter alone.
    /// </summary>
    /// <exception cref="InvoiceRuleException">It was made elsewhere.</exception>
    public static byte[] Pdf(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        RequireOurs(invoice);
        return InvoiceLetter.Write(invoice);
    }

    /// <summary>
    /// Makes the electronic invoice to EN 16931 in UBL 2.1, UTF-8; an XRechnung if the buyer has a
    /// Leitweg-ID.
    /// </summary>
    /// <exception cref="InvoiceRuleException">
    /// It is in an asset of the ledger's own, or was made elsewhere.
    /// </exception>
    public static byte[] Ubl(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        RequireOurs(invoice);
        RequireCurrency(invoice);
        return UblWriter.Write(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// Makes the electronic invoice to EN 16931 in UN/CEFACT's syntax (CII D16B), UTF-8; an
    /// XRechnung if the buyer has a Leitweg-ID.
    /// </summary>
    /// <exception cref="InvoiceRuleException">
    /// It is in an asset of the ledger's own, or was made elsewhere.
    /// </exception>
    public static byte[] Cii(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        RequireOurs(invoice);
        RequireCurrency(invoice);
        return CiiWriter.Write(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// Lists the rules of EN 16931, and of XRechnung if the buyer has a Leitweg-ID, that an invoice
    /// breaks; empty if it can be sent.
    /// </summary>
    /// <exception cref="InvoiceRuleException">It was made elsewhere.</exception>
    public static IReadOnlyList<RuleViolation> Check(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        RequireOurs(invoice);
        return EnRules.Check(ElectronicInvoice.Of(invoice));
    }

    /// <summary>
    /// Lists the rules that an electronic invoice in UBL or CII breaks, whoever wrote it; at most
    /// <see cref="Limits.ViolationsMax"/> violations.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not an electronic invoice, or it is damaged.
    /// </exception>
    public static IReadOnlyList<RuleViolation> Check(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return EnRules.Check(InvoiceReader.Read(xml));
    }

    // What stands on it is known only where it was made.
    private static void RequireOurs(Invoice invoice)
    {
        if (invoice.Kind == InvoiceType.ReminderFee)
        {
            throw new InvoiceRuleException($"{invoice.Number} is the fee of a reminder, which is "
                + "not an invoice; the letter of the reminder has it");
        }
        if (invoice.Kind != InvoiceType.Opening) return;
        throw new InvoiceRuleException($"{invoice.Number} was made elsewhere and brought in, so "
            + "its paper is there; here is only what is open of it");
    }

    // Hours or points are not currencies: the standard knows those of ISO 4217 only (BR-CL-04).
    private static void RequireCurrency(Invoice invoice)
    {
        if (ElectronicInvoice.IsCurrency(invoice.Asset)) return;
        throw new InvoiceRuleException($"{invoice.Number} is in {invoice.Asset}, which is not a "
            + "currency of ISO 4217, so there is no electronic invoice of it (BR-CL-04); "
            + "its letter is the PDF");
    }
}
