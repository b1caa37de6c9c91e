using System.Xml.Linq;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>
/// Reads electronic invoices of others into the model, so that the rules can judge them: UBL's
/// Invoice and CreditNote, and the Cross Industry Invoice.
/// </summary>
internal static class InvoiceReader
{
    /// <exception cref="InvalidRequestException">
    /// It is not an electronic invoice, or it is damaged.
    /// </exception>
    public static EnInvoice Read(Stream input, CancellationToken cancellation = default) =>
        Read(XmlInput.Load(input, cancellation));

    /// <exception cref="InvalidRequestException">It is not an electronic invoice.</exception>
    public static EnInvoice Read(XElement root) => root.Name.LocalName switch
    {
        "Invoice" or "CreditNote" => new UblReader(root).Read(),
        "CrossIndustryInvoice" => new CiiReader(root).Read(),
        var name => throw new InvalidRequestException("file",
            $"is not an electronic invoice: it begins with {name} instead of Invoice, "
            + "CreditNote or CrossIndustryInvoice"),
    };
}
