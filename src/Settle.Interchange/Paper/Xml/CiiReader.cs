using System.Xml.Linq;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>Reads the Cross Industry Invoice, D16B, as Factur-X and ZUGFeRD have it too.</summary>
internal sealed class CiiReader(XElement root)
{
    private readonly XElement? _trade = root.One("SupplyChainTradeTransaction");

    private readonly EnProfile _profile = EnProfiles.Of(root.Text("ExchangedDocumentContext/"
        + "GuidelineSpecifiedDocumentContextParameter/ID"));

    private XElement? Agreement => _trade.One("ApplicableHeaderTradeAgreement");

    private XElement? Delivery => _trade.One("ApplicableHeaderTradeDelivery");

    private XElement? Settlement => _trade.One("ApplicableHeaderTradeSettlement");

    public EnInvoice Read() => new()
    {
        Specification = root.Text("ExchangedDocumentContext/"
            + "GuidelineSpecifiedDocumentContextParameter/ID"),
        Process = root.Text("ExchangedDocumentContext/"
            + "BusinessProcessSpecifiedDocumentContextParameter/ID"),
        Number = root.Text("ExchangedDocument/ID"),
        IssueDate = Day(root.One("ExchangedDocument/IssueDateTime")),
        TypeCode = root.Text("ExchangedDocument/TypeCode"),
        Currency = Settlement.Text("InvoiceCurrencyCode"),
        TaxCurrency = Settlement.Text("TaxCurrencyCode"),
        TaxPointDate = Day(Settlement.One("ApplicableTradeTax/TaxPointDate")),
        TaxPointCode = TaxPointCode(Settlement.Text("ApplicableTradeTax/DueDateTypeCode")),
        DueDate = Day(Settlement.One("SpecifiedTradePaymentTerms/DueDateDateTime")),
        BuyerReference = Agreement.Text("BuyerReference"),
        ContractReference = Agreement.Text("ContractReferencedDocument/IssuerAssignedID"),
        TenderReference = Agreement.All("AdditionalReferencedDocument")
            .FirstOrDefault(each => each.Text("TypeCode") == "50").Text("IssuerAssignedID"),
        OrderReference = Agreement.Text("BuyerOrderReferencedDocument/IssuerAssignedID"),
        InvoicedObject = ObjectOf(Agreement),
        PaymentTerms = Settlement.One("SpecifiedTradePaymentTerms/Description")?.Value,
        Notes =
        [
            .. root.All("ExchangedDocument/IncludedNote").Select(note =>
                new EnNote(note.Text("Content"), note.Text("SubjectCode"))),
        ],
        Preceding =
        [
            .. Settlement.All("InvoiceReferencedDocument").Select(each => new EnPreceding(
                each.Text("IssuerAssignedID"), Day(each.One("FormattedIssueDateTime")))),
        ],
        Seller = PartyOf(Agreement.One("SellerTradeParty")),
        Buyer = PartyOf(Agreement.One("BuyerTradeParty")),
        Payee = PartyOf(Settlement.One("PayeeTradeParty")),
        TaxRepresentative = PartyOf(Agreement.One("SellerTaxRepresentativeTradeParty")),
        DeliveryDate = Day(Delivery.One("ActualDeliverySupplyChainEvent/OccurrenceDateTime")),
        DeliveryLocation = Delivery.Identifier("ShipToTradeParty/GlobalID"),
        DeliveryAddress = AddressOf(Delivery.One("ShipToTradeParty/PostalTradeAddress")),
        Period = PeriodOf(Settlement),
        Payments = [.. Settlement.All("SpecifiedTradeSettlementPaymentMeans").Select(PaymentOf)],
        Allowances = AllowancesOf(Settlement, isCharge: false),
        Charges = [.. AllowancesOf(Settlement, isCharge: true), .. LogisticsOf()],
        Totals = TotalsOf(),
        Taxes = [.. Settlement.All("ApplicableTradeTax").Select(TaxOf)],
        Attachments = [.. Attachments()],
        Lines = [.. Items().Select(LineOf)],
        Syntax = SyntaxOf(),
        AmountCurrencies = [.. root.Descendants().Attributes("currencyID")
            .Select(attribute => attribute.Value.Trim()).Distinct()],
    };

    // CII has its codes from UNTDID 2475, the model from UNTDID 2005.
    private static string? TaxPointCode(string? code) => code switch
    {
        "5" => "3",
        "29" => "35",
        "72" => "432",
        _ => code,
    };

    // 102: CCYYMMDD.
    private static string? Day(XElement? parent)
    {
        if (parent is null) return null;
        var text = (parent.Text("DateTimeString") ?? parent.Text("DateString") ?? parent.Value)
            .Trim();
        return text.Length == 8 ? $"{text[..4]}-{text[4..6]}-{text[6..]}" : text;
    }

    private static EnParty? PartyOf(XElement? party)
    {
        if (party is null) return null;
        var taxes = party.All("SpecifiedTaxRegistration").ToList();
        return new EnParty
        {
            Name = party.Text("Name"),
            TradingName = party.Text("SpecifiedLegalOrganization/TradingBusinessName"),
            Identifiers =
            [
                .. party.All("ID").Concat(party.All("GlobalID")).Select(id => new EnIdentifier(
                    id.Value.Trim(), id.Attribute("schemeID")?.Value.Trim())),
            ],
            Registration = party.Identifier("SpecifiedLegalOrganization/ID"),
            VatId = Registered("VA"),
            TaxNumber = Registered("FC"),
            Endpoint = party.Identifier("URIUniversalCommunication/URIID"),
            Address = AddressOf(party.One("PostalTradeAddress")),
            Contact = party.One("DefinedTradeContact") is { } contact ? new EnContact(
                contact.Text("PersonName") ?? contact.Text("DepartmentName"),
                contact.Text("TelephoneUniversalCommunication/CompleteNumber"),
                contact.Text("EmailURIUniversalCommunication/URIID")) : null,
        };

        string? Registered(string scheme) =>
            taxes.FirstOrDefault(tax => tax.Attribute("ID", "schemeID") == scheme).Text("ID");
    }

    private static EnAddress? AddressOf(XElement? address) => address is null ? null : new EnAddress
    {
        Street = address.Text("LineOne"),
        Street2 = address.Text("LineTwo"),
        City = address.Text("CityName"),
        PostalCode = address.Text("PostcodeCode"),
        Country = address.Text("CountryID"),
    };

    private static EnPeriod? PeriodOf(XElement? parent) =>
        parent.One("BillingSpecifiedPeriod") is { } period ? new EnPeriod(
            Day(period.One("StartDateTime")), Day(period.One("EndDateTime"))) : null;

    private EnPayment PaymentOf(XElement means) => new()
    {
        MeansCode = means.Text("TypeCode"),
        Reference = Settlement.Text("PaymentReference"),
        Accounts =
        [
            .. means.All("PayeePartyCreditorFinancialAccount").Select(account => new EnAccount(
                account.Text("IBANID") ?? account.Text("ProprietaryID"),
                account.Text("AccountName"),
                means.Text("PayeeSpecifiedCreditorFinancialInstitution/BICID"))),
        ],
        Card = means.Text("ApplicableTradeSettlementFinancialCard/ID"),
        Mandate = Settlement.Text("SpecifiedTradePaymentTerms/DirectDebitMandateID"),
        HasBank = means.One("PayeePartyCreditorFinancialAccount") is null
            && (means.One("PayeeSpecifiedCreditorFinancialInstitution")
                ?? means.One("PayerSpecifiedDebtorFinancialInstitution")) is not null,
        // The group has no element of its own: any of its three terms is a sign of it.
        HasDirectDebit =
            Settlement.One("SpecifiedTradePaymentTerms/DirectDebitMandateID") is not null
            || Settlement.One("CreditorReferenceID") is not null
            || means.One("PayerPartyDebtorFinancialAccount/IBANID") is not null,
        Creditor = Settlement.Text("CreditorReferenceID"),
        DebitedAccount = means.Text("PayerPartyDebtorFinancialAccount/IBANID"),
    };

    private static List<EnAllowance> AllowancesOf(XElement? parent, bool isCharge) =>
    [
        .. parent.All("SpecifiedTradeAllowanceCharge")
            .Where(each => XmlPath.Indicator(each.Text("ChargeIndicator/Indicator")) == isCharge)
            .Select(each => new EnAllowance
            {
                Amount = each.Number("ActualAmount"),
                Base = each.Number("BasisAmount"),
                Percent = each.Number("CalculationPercent"),
                Category = each.Text("CategoryTradeTax/CategoryCode"),
                Rate = each.Number("CategoryTradeTax/RateApplicablePercent"),
                Reason = each.Text("Reason"),
                ReasonCode = each.Text("ReasonCode"),
            }),
    ];

    /// <summary>The lines that count: in EXTENDED, others say only what belongs together.</summary>
    private IEnumerable<XElement> Items() => _trade.All("IncludedSupplyChainTradeLineItem")
        .Where(each => _profile != EnProfile.Extended
            || each.Text("AssociatedDocumentLineDocument/LineStatusReasonCode")
                is not ("GROUP" or "INFORMATION"));

    /// <summary>The charges for transport and the like, which only EXTENDED has.</summary>
    private IEnumerable<EnAllowance> LogisticsOf() => _profile != EnProfile.Extended ? []
        : Settlement.All("SpecifiedLogisticsServiceCharge").Select(each => new EnAllowance
        {
            Amount = each.Number("AppliedAmount"),
            Category = each.Text("AppliedTradeTax/CategoryCode"),
            Rate = each.Number("AppliedTradeTax/RateApplicablePercent"),
            Reason = each.Text("Description"),
        });

    private EnSyntax SyntaxOf()
    {
        var currency = Settlement.Text("InvoiceCurrencyCode");
        var taxes = Settlement.All("SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount")
            .Select(each => each.Attribute("currencyID")?.Value).ToList();
        return new EnSyntax
        {
            EmptyElements = root.EmptyElements("ApplicableHeaderTradeDelivery"),
            Indicators =
            [
                .. root.Descendants().Where(each => each.Name.LocalName
                        is "SpecifiedTradeAllowanceCharge" or "AppliedTradeAllowanceCharge")
                    .Select(each => each.Text("ChargeIndicator/Indicator") ?? "")
                    .Where(text => text is not ("true" or "false")).Distinct(),
            ],
            TaxTotals = taxes.Count(each => each == currency),
            OtherTaxTotals = taxes.Count(each => each is not null && each != currency),
            HasForbiddenLines = root.Descendants().Any(each => each.Name.LocalName
                == "ParentLineID"),
        };
    }

    private EnTotals? TotalsOf()
    {
        if (Settlement.One("SpecifiedTradeSettlementHeaderMonetarySummation") is not { } totals)
            return null;
        var currency = Settlement.Text("InvoiceCurrencyCode");
        var taxCurrency = Settlement.Text("TaxCurrencyCode");
        var taxes = totals.All("TaxTotalAmount").ToList();
        var own = taxes.Where(tax => tax.Attribute("currencyID")?.Value == currency).ToList();
        return new EnTotals
        {
            Lines = totals.Number("LineTotalAmount"),
            Allowances = totals.Number("AllowanceTotalAmount"),
            Charges = totals.Number("ChargeTotalAmount"),
            Net = totals.Number("TaxBasisTotalAmount"),
            Tax = own.FirstOrDefault().Number(),
            TaxCount = own.Count,
            TaxInTaxCurrency = taxCurrency is null ? null : taxes
                .FirstOrDefault(tax => tax.Attribute("currencyID")?.Value == taxCurrency).Number(),
            Gross = totals.Number("GrandTotalAmount"),
            Paid = totals.Number("TotalPrepaidAmount"),
            Rounding = totals.Number("RoundingAmount"),
            Payable = totals.Number("DuePayableAmount"),
        };
    }

    private static EnTax TaxOf(XElement tax) => new()
    {
        Net = tax.Number("BasisAmount"),
        Tax = tax.Number("CalculatedAmount"),
        Category = tax.Text("CategoryCode"),
        Rate = tax.Number("RateApplicablePercent"),
        Reason = tax.Text("ExemptionReason"),
        ReasonCode = tax.Text("ExemptionReasonCode"),
    };

    private IEnumerable<EnAttachment> Attachments() =>
        Agreement.All("AdditionalReferencedDocument")
            .Where(each => each.Text("TypeCode") == "916")
            .Select(each => new EnAttachment(each.Text("IssuerAssignedID"),
                each.Attribute("AttachmentBinaryObject", "mimeCode"),
                each.Attribute("AttachmentBinaryObject", "filename")));

    private static EnIdentifier? ObjectOf(XElement? parent)
    {
        var document = parent.All("AdditionalReferencedDocument")
            .FirstOrDefault(each => each.Text("TypeCode") == "130");
        return document is null ? null : new EnIdentifier(document.Text("IssuerAssignedID"),
            document.Text("ReferenceTypeCode"));
    }

    private static EnLine LineOf(XElement line)
    {
        var product = line.One("SpecifiedTradeProduct");
        var agreement = line.One("SpecifiedLineTradeAgreement");
        var settlement = line.One("SpecifiedLineTradeSettlement");
        var discount = agreement.One("GrossPriceProductTradePrice/AppliedTradeAllowanceCharge");
        const string Quantity = "SpecifiedLineTradeDelivery/BilledQuantity";
        const string Base = "NetPriceProductTradePrice/BasisQuantity";
        return new EnLine
        {
            Id = line.Text("AssociatedDocumentLineDocument/LineID"),
            Note = line.Text("AssociatedDocumentLineDocument/IncludedNote/Content"),
            InvoicedObject = ObjectOf(settlement),
            Quantity = line.Number(Quantity),
            Unit = line.Attribute(Quantity, "unitCode"),
            Net = settlement.One("SpecifiedTradeSettlementLineMonetarySummation")
                .Number("LineTotalAmount"),
            Period = PeriodOf(settlement),
            Allowances = AllowancesOf(settlement, isCharge: false),
            Charges = AllowancesOf(settlement, isCharge: true),
            Price = agreement.Number("NetPriceProductTradePrice/ChargeAmount"),
            GrossPrice = agreement.Number("GrossPriceProductTradePrice/ChargeAmount"),
            PriceDiscount = discount.Number("ActualAmount"),
            HasPriceCharge = discount.One("ActualAmount") is not null
                && discount.Text("ChargeIndicator/Indicator") != "false",
            HasOtherDocument = settlement.One("AdditionalReferencedDocument") is not null
                && settlement.All("AdditionalReferencedDocument/TypeCode").All(each =>
                    each.Value.Trim() != "130"),
            PriceBase = agreement.Number(Base),
            PriceUnit = agreement.Attribute(Base, "unitCode"),
            Category = settlement.Text("ApplicableTradeTax/CategoryCode"),
            Rate = settlement.Number("ApplicableTradeTax/RateApplicablePercent"),
            Name = product.Text("Name"),
            Description = product.Text("Description"),
            StandardItem = product.Identifier("GlobalID"),
            Classes =
            [
                .. product.All("DesignatedProductClassification").Select(each =>
                    each.Identifier("ClassCode", "listID")).OfType<EnIdentifier>(),
            ],
            Origin = product.Text("OriginTradeCountry/ID"),
            Attributes =
            [
                .. product.All("ApplicableProductCharacteristic").Select(each =>
                    new EnAttribute(each.Text("Description"), each.Text("Value"))),
            ],
        };
    }
}
