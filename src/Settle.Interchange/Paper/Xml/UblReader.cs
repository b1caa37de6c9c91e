using System.Xml.Linq;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>Reads UBL 2.1.</summary>
internal sealed class UblReader(XElement root)
{
    // A document reference with this type is the invoiced object.
    private const string ObjectType = "130";

    private readonly bool _isCredit = root.Name.LocalName == "CreditNote";
    private readonly string? _currency = root.Text("DocumentCurrencyCode");

    private readonly EnProfile _profile = EnProfiles.Of(root.Text("CustomizationID"));

    public EnInvoice Read() => new()
    {
        Specification = root.Text("CustomizationID"),
        Process = root.Text("ProfileID"),
        Number = root.Text("ID"),
        IssueDate = root.Text("IssueDate"),
        TypeCode = root.Text(_isCredit ? "CreditNoteTypeCode" : "InvoiceTypeCode"),
        IsCreditNote = _isCredit,
        Currency = _currency,
        TaxCurrency = root.Text("TaxCurrencyCode"),
        TaxPointDate = root.Text("TaxPointDate"),
        TaxPointCode = root.Text("InvoicePeriod/DescriptionCode"),
        DueDate = root.Text(_isCredit ? "PaymentMeans/PaymentDueDate" : "DueDate"),
        BuyerReference = root.Text("BuyerReference"),
        ContractReference = root.Text("ContractDocumentReference/ID"),
        TenderReference = root.Text("OriginatorDocumentReference/ID"),
        OrderReference = root.Text("OrderReference/ID"),
        InvoicedObject = ObjectOf(root, "AdditionalDocumentReference"),
        PaymentTerms = root.One("PaymentTerms/Note")?.Value,
        Notes = [.. root.All("Note").Select(note => new EnNote(note.Value))],
        Preceding =
        [
            .. root.All("BillingReference").Select(each => new EnPreceding(
                each.Text("InvoiceDocumentReference/ID"),
                each.Text("InvoiceDocumentReference/IssueDate"))),
        ],
        Seller = PartyOf(root.One("AccountingSupplierParty/Party")),
        Buyer = PartyOf(root.One("AccountingCustomerParty/Party")),
        Payee = PayeeOf(root.One("PayeeParty")),
        TaxRepresentative = RepresentativeOf(root.One("TaxRepresentativeParty")),
        DeliveryDate = root.Text("Delivery/ActualDeliveryDate"),
        DeliveryLocation = root.One("Delivery").Identifier("DeliveryLocation/ID"),
        DeliveryAddress = AddressOf(root.One("Delivery/DeliveryLocation/Address")),
        Period = PeriodOf(root),
        Payments = [.. root.All("PaymentMeans").Select(PaymentOf)],
        Allowances = AllowancesOf(root, isCharge: false),
        Charges = AllowancesOf(root, isCharge: true),
        Totals = TotalsOf(),
        Taxes =
        [
            // Those in the currency of the tax office say the same again.
            .. root.All("TaxTotal").Where(tax =>
                tax.Attribute("TaxAmount", "currencyID") is not { } currency
                || currency == (_currency ?? currency)).All("TaxSubtotal").Select(TaxOf),
        ],
        Attachments = [.. Attachments()],
        Lines = [.. root.All(_isCredit ? "CreditNoteLine" : "InvoiceLine").Select(LineOf)],
        Syntax = SyntaxOf(),
        AmountCurrencies = [.. root.Descendants().Attributes("currencyID")
            .Select(attribute => attribute.Value.Trim()).Distinct()],
    };

    private static EnParty? PartyOf(XElement? party)
    {
        if (party is null) return null;
        var schemes = party.All("PartyTaxScheme").ToList();
        return new EnParty
        {
            Name = party.Text("PartyLegalEntity/RegistrationName"),
            TradingName = party.Text("PartyName/Name"),
            Identifiers =
            [
                .. party.All("PartyIdentification").Select(each => each.Identifier("ID"))
                    .OfType<EnIdentifier>(),
            ],
            Registration = party.Identifier("PartyLegalEntity/CompanyID"),
            VatId = schemes.FirstOrDefault(IsVat).Text("CompanyID"),
            TaxNumber = schemes.FirstOrDefault(scheme => !IsVat(scheme)).Text("CompanyID"),
            Endpoint = party.Identifier("EndpointID"),
            Address = AddressOf(party.One("PostalAddress")),
            Contact = party.One("Contact") is { } contact ? new EnContact(contact.Text("Name"),
                contact.Text("Telephone"), contact.Text("ElectronicMail")) : null,
        };
    }

    private static EnParty? PayeeOf(XElement? payee) => PartyOf(payee) is { } party
        ? party with { Name = payee.Text("PartyName/Name") } : null;

    private static EnParty? RepresentativeOf(XElement? representative) =>
        PayeeOf(representative);

    private static bool IsVat(XElement taxed) =>
        string.Equals(taxed.Text("TaxScheme/ID"), "VAT", StringComparison.OrdinalIgnoreCase);

    // A category without its scheme does not count: the rules do not take it for VAT's.
    private static XElement? Category(XElement? parent, string name) =>
        parent.All(name).FirstOrDefault(IsVat);

    private static EnAddress? AddressOf(XElement? address) => address is null ? null : new EnAddress
    {
        Street = address.Text("StreetName"),
        Street2 = address.Text("AdditionalStreetName"),
        City = address.Text("CityName"),
        PostalCode = address.Text("PostalZone"),
        Country = address.Text("Country/IdentificationCode"),
    };

    private static EnPeriod? PeriodOf(XElement parent) => parent.One("InvoicePeriod") is { } period
        ? new EnPeriod(period.Text("StartDate"), period.Text("EndDate")) : null;

    private EnPayment PaymentOf(XElement means) => new()
    {
        MeansCode = means.Text("PaymentMeansCode"),
        Reference = means.Text("PaymentID"),
        Accounts =
        [
            .. means.All("PayeeFinancialAccount").Select(account => new EnAccount(
                account.Text("ID"), account.Text("Name"),
                account.Text("FinancialInstitutionBranch/ID"))),
        ],
        Card = means.Text("CardAccount/PrimaryAccountNumberID"),
        Mandate = means.Text("PaymentMandate/ID"),
        HasDirectDebit = means.One("PaymentMandate") is not null,
        Creditor = root.All("AccountingSupplierParty/Party/PartyIdentification/ID")
            .Concat(root.All("PayeeParty/PartyIdentification/ID"))
            .FirstOrDefault(id => id.Attribute("schemeID")?.Value == "SEPA")?.Value,
        DebitedAccount = means.Text("PaymentMandate/PayerFinancialAccount/ID"),
    };

    private static List<EnAllowance> AllowancesOf(XElement parent, bool isCharge) =>
    [
        .. parent.All("AllowanceCharge")
            .Where(each => XmlPath.Indicator(each.Text("ChargeIndicator")) == isCharge)
            .Select(each =>
            {
                var category = Category(each, "TaxCategory");
                return new EnAllowance
                {
                    Amount = each.Number("Amount"),
                    Base = each.Number("BaseAmount"),
                    Percent = each.Number("MultiplierFactorNumeric"),
                    Category = category.Text("ID"),
                    Rate = category.Number("Percent"),
                    Reason = each.Text("AllowanceChargeReason"),
                    ReasonCode = each.Text("AllowanceChargeReasonCode"),
                };
            }),
    ];

    private EnTotals? TotalsOf()
    {
        var totals = root.One("LegalMonetaryTotal");
        var taxes = root.All("TaxTotal").ToList();
        if (totals is null && taxes.Count == 0) return null;
        var own = taxes.Where(tax => In(tax, _currency)).ToList();
        var taxCurrency = root.Text("TaxCurrencyCode");
        return new EnTotals
        {
            Lines = totals.Number("LineExtensionAmount"),
            Allowances = totals.Number("AllowanceTotalAmount"),
            Charges = totals.Number("ChargeTotalAmount"),
            Net = totals.Number("TaxExclusiveAmount"),
            Tax = own.FirstOrDefault().Number("TaxAmount"),
            TaxCount = own.Count,
            TaxInTaxCurrency = taxCurrency is null ? null
                : taxes.FirstOrDefault(tax => In(tax, taxCurrency)).Number("TaxAmount"),
            Gross = totals.Number("TaxInclusiveAmount"),
            Paid = totals.Number("PrepaidAmount"),
            ThirdParty = _profile != EnProfile.XRechnungExtension ? null
                : root.All("PrepaidPayment/PaidAmount").Select(each => each.Number()).Sum(),
            Rounding = totals.Number("PayableRoundingAmount"),
            Payable = totals.Number("PayableAmount"),
        };

        static bool In(XElement tax, string? currency) =>
            tax.Attribute("TaxAmount", "currencyID") == currency;
    }

    private EnSyntax SyntaxOf() => new()
    {
        EmptyElements = root.EmptyElements(),
        Indicators =
        [
            .. root.All("AllowanceCharge").Concat(root.All("InvoiceLine/AllowanceCharge"))
                .Concat(root.All("CreditNoteLine/AllowanceCharge"))
                .Select(each => each.Text("ChargeIndicator") ?? "")
                .Where(text => text is not ("true" or "false")).Distinct(),
        ],
        TaxTotals = root.All("TaxTotal").Count(each => each.One("TaxSubtotal") is not null),
        NeedsTaxTotal = true,
        OtherTaxTotals = root.All("TaxTotal").Count(each => each.One("TaxSubtotal") is null),
        LinesWithoutTax = root.Descendants()
            .Where(each => each.Name.LocalName == "SubInvoiceLine").All("Item")
            .Count(item => item.All("ClassifiedTaxCategory").Count() != 1),
    };

    private static EnTax TaxOf(XElement tax)
    {
        var category = Category(tax, "TaxCategory");
        return new EnTax
        {
            Net = tax.Number("TaxableAmount"),
            Tax = tax.Number("TaxAmount"),
            Category = category.Text("ID"),
            Rate = category.Number("Percent"),
            Reason = category.Text("TaxExemptionReason"),
            ReasonCode = category.Text("TaxExemptionReasonCode"),
        };
    }

    private IEnumerable<EnAttachment> Attachments() => root.All("AdditionalDocumentReference")
        .Where(each => each.Text("DocumentTypeCode") != ObjectType)
        .Select(each =>
        {
            const string Embedded = "Attachment/EmbeddedDocumentBinaryObject";
            return new EnAttachment(each.Text("ID"), each.Attribute(Embedded, "mimeCode"),
                each.Attribute(Embedded, "filename"));
        });

    private static EnIdentifier? ObjectOf(XElement parent, string reference) =>
        parent.All(reference).FirstOrDefault(each => each.Text("DocumentTypeCode") == ObjectType)
            .Identifier("ID");

    private EnLine LineOf(XElement line)
    {
        var quantity = _isCredit ? "CreditedQuantity" : "InvoicedQuantity";
        var item = line.One("Item");
        var category = Category(item, "ClassifiedTaxCategory");
        return new EnLine
        {
            Id = line.Text("ID"),
            Note = line.Text("Note"),
            InvoicedObject = ObjectOf(line, "DocumentReference"),
            Quantity = line.Number(quantity),
            Unit = line.Attribute(quantity, "unitCode"),
            Net = line.Number("LineExtensionAmount"),
            Period = PeriodOf(line),
            Allowances = AllowancesOf(line, isCharge: false),
            Charges = AllowancesOf(line, isCharge: true),
            Price = line.Number("Price/PriceAmount"),
            GrossPrice = line.Number("Price/AllowanceCharge/BaseAmount"),
            PriceDiscount = line.Number("Price/AllowanceCharge/Amount"),
            HasPriceCharge = line.All("Price/AllowanceCharge")
                .Any(each => each.Text("ChargeIndicator") != "false"),
            HasOtherDocument = line.One("DocumentReference") is not null
                && line.All("DocumentReference/DocumentTypeCode").All(each =>
                    each.Value.Trim() != ObjectType),
            PriceBase = line.Number("Price/BaseQuantity"),
            PriceUnit = line.Attribute("Price/BaseQuantity", "unitCode"),
            Category = category.Text("ID"),
            Rate = category.Number("Percent"),
            Name = item.Text("Name"),
            Description = item.Text("Description"),
            StandardItem = item.Identifier("StandardItemIdentification/ID"),
            Classes =
            [
                .. item.All("CommodityClassification").Select(each =>
                    each.Identifier("ItemClassificationCode", "listID")).OfType<EnIdentifier>(),
            ],
            Origin = item.Text("OriginCountry/IdentificationCode"),
            Attributes =
            [
                .. item.All("AdditionalItemProperty")
                    .Select(each => new EnAttribute(each.Text("Name"), each.Text("Value"))),
            ],
        };
    }
}
