using System.Xml;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>Writes an invoice or a credit note as a Cross Industry Invoice, D16B.</summary>
internal sealed class CiiWriter
{
    private const string Base = "urn:un:unece:uncefact:data:standard:";
    private const string Root = Base + "CrossIndustryInvoice:100";
    private const string Parts = Base + "ReusableAggregateBusinessInformationEntity:100";
    private const string Types = Base + "UnqualifiedDataType:100";
    private const string Qualified = Base + "QualifiedDataType:100";

    private readonly XmlWriter _xml;
    private readonly EnInvoice _invoice;

    private CiiWriter(XmlWriter xml, EnInvoice invoice) => (_xml, _invoice) = (xml, invoice);

    public static byte[] Write(EnInvoice invoice)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, XmlStyle.Settings))
            new CiiWriter(xml, invoice).Write();
        return output.ToArray();
    }

    private void Write()
    {
        _xml.WriteStartDocument();
        _xml.WriteStartElement("rsm", "CrossIndustryInvoice", Root);
        _xml.WriteAttributeString("xmlns", "ram", null, Parts);
        _xml.WriteAttributeString("xmlns", "udt", null, Types);
        _xml.WriteAttributeString("xmlns", "qdt", null, Qualified);
        Top("ExchangedDocumentContext", () =>
        {
            if (_invoice.Process is { } process)
            {
                Group("BusinessProcessSpecifiedDocumentContextParameter",
                    () => Value("ID", process));
            }
            Group("GuidelineSpecifiedDocumentContextParameter",
                () => Value("ID", _invoice.Specification));
        });
        Top("ExchangedDocument", () =>
        {
            Value("ID", _invoice.Number);
            Value("TypeCode", _invoice.TypeCode);
            Day("IssueDateTime", _invoice.IssueDate);
            foreach (var note in _invoice.Notes)
                Group("IncludedNote", () => Value("Content", note.Text));
        });
        Top("SupplyChainTradeTransaction", () =>
        {
            foreach (var line in _invoice.Lines)
                Group("IncludedSupplyChainTradeLineItem", () => Line(line));
            Group("ApplicableHeaderTradeAgreement", Agreement);
            Group("ApplicableHeaderTradeDelivery", Delivery);
            Group("ApplicableHeaderTradeSettlement", Settlement);
        });
        _xml.WriteEndDocument();
    }

    private void Line(EnLine line)
    {
        Group("AssociatedDocumentLineDocument", () =>
        {
            Value("LineID", line.Id);
            if (line.Note is { } note) Group("IncludedNote", () => Value("Content", note));
        });
        Group("SpecifiedTradeProduct", () =>
        {
            Value("Name", line.Name);
            Value("Description", line.Description);
        });
        Group("SpecifiedLineTradeAgreement", () => Group("NetPriceProductTradePrice", () =>
        {
            Number("ChargeAmount", line.Price);
            Attributed("BasisQuantity", line.PriceBase, "unitCode", line.PriceUnit);
        }));
        Group("SpecifiedLineTradeDelivery",
            () => Attributed("BilledQuantity", line.Quantity, "unitCode", line.Unit));
        Group("SpecifiedLineTradeSettlement", () =>
        {
            Group("ApplicableTradeTax", () =>
            {
                Value("TypeCode", "VAT");
                Value("CategoryCode", line.Category);
                Number("RateApplicablePercent", line.Rate);
            });
            if (line.Period is { } period) Period(period);
            foreach (var allowance in line.Allowances) Allowance(allowance, isCharge: false);
            foreach (var charge in line.Charges) Allowance(charge, isCharge: true);
            Group("SpecifiedTradeSettlementLineMonetarySummation",
                () => Number("LineTotalAmount", line.Net));
        });
    }

    private void Allowance(EnAllowance allowance, bool isCharge) =>
        Group("SpecifiedTradeAllowanceCharge", () =>
        {
            Group("ChargeIndicator", () => _xml.WriteElementString("udt", "Indicator", Types,
                isCharge ? "true" : "false"));
            Number("BasisAmount", allowance.Base);
            Number("ActualAmount", allowance.Amount);
            Value("ReasonCode", allowance.ReasonCode);
            Value("Reason", allowance.Reason);
        });

    private void Agreement()
    {
        Value("BuyerReference", _invoice.BuyerReference);
        Group("SellerTradeParty", () => Party(_invoice.Seller));
        Group("BuyerTradeParty", () => Party(_invoice.Buyer));
        if (_invoice.OrderReference is { } order)
            Group("BuyerOrderReferencedDocument", () => Value("IssuerAssignedID", order));
    }

    private void Party(EnParty? party)
    {
        if (party is null) return;
        foreach (var id in party.Identifiers)
        {
            if (id.Scheme is null) Value("ID", id.Value);
            else Attributed("GlobalID", id.Value, "schemeID", id.Scheme);
        }
        Value("Name", party.Name);
        if (party.Registration is { } registration)
        {
            Group("SpecifiedLegalOrganization",
                () => Attributed("ID", registration.Value, "schemeID", registration.Scheme));
        }
        if (party.Contact is { } contact) Contact(contact);
        if (party.Address is { } address) Address(address);
        if (party.Endpoint is { } endpoint)
        {
            Group("URIUniversalCommunication",
                () => Attributed("URIID", endpoint.Value, "schemeID", endpoint.Scheme));
        }
        TaxRegistration(party.VatId, "VA");
        TaxRegistration(party.TaxNumber, "FC");
    }

    private void Contact(EnContact contact) => Group("DefinedTradeContact", () =>
    {
        Value("PersonName", contact.Name);
        if (contact.Phone is { } phone)
            Group("TelephoneUniversalCommunication", () => Value("CompleteNumber", phone));
        if (contact.Email is { } email)
            Group("EmailURIUniversalCommunication", () => Value("URIID", email));
    });

    private void Address(EnAddress address) => Group("PostalTradeAddress", () =>
    {
        Value("PostcodeCode", address.PostalCode);
        Value("LineOne", address.Street);
        Value("LineTwo", address.Street2);
        Value("CityName", address.City);
        Value("CountryID", address.Country);
    });

    private void TaxRegistration(string? id, string scheme)
    {
        if (id is not null)
            Group("SpecifiedTaxRegistration", () => Attributed("ID", id, "schemeID", scheme));
    }

    private void Delivery()
    {
        if (_invoice.DeliveryAddress is { } address)
            Group("ShipToTradeParty", () => Address(address));
        if (_invoice.DeliveryDate is { } date)
            Group("ActualDeliverySupplyChainEvent", () => Day("OccurrenceDateTime", date));
    }

    private void Settlement()
    {
        var first = _invoice.Payments is [var only, ..] ? only : null;
        Value("CreditorReferenceID", first?.Creditor);
        Value("PaymentReference", first?.Reference);
        Value("TaxCurrencyCode", _invoice.TaxCurrency);
        Value("InvoiceCurrencyCode", _invoice.Currency);
        foreach (var payment in _invoice.Payments) Payment(payment);
        foreach (var tax in _invoice.Taxes) Tax(tax);
        if (_invoice.Period is { } period) Period(period);
        if (_invoice.PaymentTerms is not null || _invoice.DueDate is not null
            || first?.Mandate is not null)
        {
            Group("SpecifiedTradePaymentTerms", () =>
            {
                Value("Description", _invoice.PaymentTerms);
                Day("DueDateDateTime", _invoice.DueDate);
                Value("DirectDebitMandateID", first?.Mandate);
            });
        }
        Group("SpecifiedTradeSettlementHeaderMonetarySummation", Totals);
        foreach (var preceding in _invoice.Preceding)
        {
            Group("InvoiceReferencedDocument", () =>
            {
                Value("IssuerAssignedID", preceding.Number);
                if (preceding.Date is { } date)
                    Group("FormattedIssueDateTime", () => DayText("qdt", Qualified, date));
            });
        }
    }

    private void Payment(EnPayment payment)
    {
        EnAccount?[] accounts = payment.Accounts.Count == 0 ? [null] : [.. payment.Accounts];
        foreach (var account in accounts)
        {
            Group("SpecifiedTradeSettlementPaymentMeans", () =>
            {
                Value("TypeCode", payment.MeansCode);
                if (payment.DebitedAccount is { } debited)
                {
                    Group("PayerPartyDebtorFinancialAccount",
                        () => Value("IBANID", debited));
                }
                if (account is null) return;
                Group("PayeePartyCreditorFinancialAccount", () =>
                {
                    var isIban = Iban.IsValid(account.Id);
                    if (isIban) Value("IBANID", account.Id);
                    Value("AccountName", account.Holder);
                    if (!isIban) Value("ProprietaryID", account.Id);
                });
                if (account.Bank is not { } bank) return;
                Group("PayeeSpecifiedCreditorFinancialInstitution", () => Value("BICID", bank));
            });
        }
    }

    private void Tax(EnTax tax) => Group("ApplicableTradeTax", () =>
    {
        Number("CalculatedAmount", tax.Tax);
        Value("TypeCode", "VAT");
        Value("ExemptionReason", tax.Reason);
        Number("BasisAmount", tax.Net);
        Value("CategoryCode", tax.Category);
        Value("ExemptionReasonCode", tax.ReasonCode);
        Value("DueDateTypeCode", TaxPoint());
        Number("RateApplicablePercent", tax.Rate);
    });

    // CII has its codes from UNTDID 2475, the model from UNTDID 2005.
    private string? TaxPoint() => _invoice.TaxPointCode switch
    {
        "3" => "5",
        "35" => "29",
        "432" => "72",
        var code => code,
    };

    private void Totals()
    {
        if (_invoice.Totals is not { } totals) return;
        Number("LineTotalAmount", totals.Lines);
        Number("ChargeTotalAmount", totals.Charges);
        Number("AllowanceTotalAmount", totals.Allowances);
        Number("TaxBasisTotalAmount", totals.Net);
        Attributed("TaxTotalAmount", totals.Tax, "currencyID", _invoice.Currency);
        Attributed(
            "TaxTotalAmount", totals.TaxInTaxCurrency, "currencyID", _invoice.TaxCurrency);
        Number("RoundingAmount", totals.Rounding);
        Number("GrandTotalAmount", totals.Gross);
        Number("TotalPrepaidAmount", totals.Paid);
        Number("DuePayableAmount", totals.Payable);
    }

    private void Period(EnPeriod period) => Group("BillingSpecifiedPeriod", () =>
    {
        Day("StartDateTime", period.Start);
        Day("EndDateTime", period.End);
    });

    private void Day(string name, string? day)
    {
        if (day is not null) Group(name, () => DayText("udt", Types, day));
    }

    // 102: CCYYMMDD.
    private void DayText(string prefix, string types, string day)
    {
        _xml.WriteStartElement(prefix, "DateTimeString", types);
        _xml.WriteAttributeString("format", "102");
        _xml.WriteString(day.Replace("-", "", StringComparison.Ordinal));
        _xml.WriteEndElement();
    }

    private void Top(string name, Action content)
    {
        _xml.WriteStartElement("rsm", name, Root);
        content();
        _xml.WriteEndElement();
    }

    private void Group(string name, Action content)
    {
        _xml.WriteStartElement("ram", name, Parts);
        content();
        _xml.WriteEndElement();
    }

    private void Value(string name, string? text)
    {
        if (text is not null) _xml.WriteElementString("ram", name, Parts, XmlStyle.Clean(text));
    }

    private void Number(string name, decimal? number)
    {
        if (number is { } value) Value(name, XmlStyle.Of(value));
    }

    private void Attributed(string name, decimal? number, string attribute, string? value) =>
        Attributed(name, number is { } it ? XmlStyle.Of(it) : null, attribute, value);

    private void Attributed(string name, string? text, string attribute, string? value)
    {
        if (text is null) return;
        _xml.WriteStartElement("ram", name, Parts);
        if (value is not null) _xml.WriteAttributeString(attribute, XmlStyle.Clean(value));
        _xml.WriteString(XmlStyle.Clean(text));
        _xml.WriteEndElement();
    }
}
