using Settle.Paper.Pdf;
using Settle.Paper.Xml;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>Pictures and electronic invoices of others.</summary>
internal static class PaperTargets
{
    private const string Ubl =
        """
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>1</cbc:ID><cbc:IssueDate>2026-10-31</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
        <cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>DE123456788</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
        <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">1.90</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">10.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">1.90</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
        <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">10.00</cbc:LineExtensionAmount><cbc:PayableAmount currencyID="EUR">11.90</cbc:PayableAmount></cac:LegalMonetaryTotal>
        <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">10.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>a</cbc:Name></cac:Item><cac:Price><cbc:PriceAmount currencyID="EUR">10</cbc:PriceAmount></cac:Price></cac:InvoiceLine></Invoice>
        """;

    private const string Cii =
        """
        <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
        <rsm:ExchangedDocument><ram:ID>1</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20261031</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
        <rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>a</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>10</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery></ram:IncludedSupplyChainTradeLineItem>
        <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
        """;

    private static readonly byte[][] XmlWords = Words(
        "<|>|</|/>|<cbc:ID>|</cbc:ID>|<cbc:Percent>|<cac:AllowanceCharge>|<cbc:ChargeIndicator>true</cbc:ChargeIndicator>|currencyID=\"EUR\"|<ram:TypeCode>|format=\"102\"|&amp;|&#x0;|<!DOCTYPE x [<!ENTITY y \"z\">]>|<?x?>");

    public static IEnumerable<Target> All =>
    [
        new("invoice-ubl", [Bytes(Ubl)], XmlWords, Invoice),
        new("invoice-cii", [Bytes(Cii)], XmlWords, Invoice),
        new("invoice-pdf", [Bytes("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.xml)4 0 R]>>>>>> endobj\n"
            + "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>> endobj\n"
            + "4 0 obj <</Type/Filespec/F(a.xml)/EF<</F 5 0 R>>>> endobj\n5 0 obj <</Type/EmbeddedFile/Length 4>> stream\n<a/>\nendstream endobj\n"
            + "trailer <</Root 1 0 R/Size 6>>\n%%EOF\n")],
            Words("obj|endobj|stream|endstream|<<|>>|[|]|/Names|/EF|/F|(a.xml)|0 R|/Filter/FlateDecode|/Length 99|xref|startxref|trailer|%%EOF"),
            input => Refusing<SettleException>(() => InvoiceChecker.Check(new MemoryStream(input)))) { AllocatedMax = 256 * 1024 * 1024 },
        new("picture", [Png(2), Png(6), Png(3), Jpeg], Words("IHDR|IDAT|IEND|PLTE|tRNS|\u0001|\u0002|\u0004|\u0006"),
            input => PdfImage.Read(input)) { AllocatedMax = 64 * 1024 * 1024 },
    ];

    private static byte[] Jpeg { get; } =
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 4, 0, 4, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9];

    private static void Invoice(byte[] input) => Refusing<SettleException>(() =>
        Billing.Rules.EnRules.Check(InvoiceReader.Read(new MemoryStream(input))));

    // Two by two, without checksums that anybody reads: the reader looks at what it needs.
    private static byte[] Png(byte type)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, type, 0, 0, 0]);
        if (type == 3) Chunk(file, "PLTE", [1, 2, 3, 4, 5, 6]);
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest, true))
            for (var row = 0; row < 2; row++) zip.Write(new byte[1 + (2 * (type switch { 2 => 3, 6 => 4, _ => 1 }))]);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        file.Write([(byte)(data.Length >> 24), (byte)(data.Length >> 16), (byte)(data.Length >> 8), (byte)data.Length]);
        file.Write(Bytes(type));
        file.Write(data);
        file.Write(new byte[4]);
    }
}
