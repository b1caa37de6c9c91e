using System.Xml;
using Settle.Billing.Rules;

namespace Settle.Paper.Xml;

/// <summary>Writes an invoice or a credit note in UBL 2.1.</summary>
internal sealed class UblWriter
{
    private const string Schemas = "urn:oasis:names:specification:ubl:schema:xsd:";
    private const string Basic = Schemas + "CommonBasicComponents-2";
    private const string Aggregate = Schemas + "CommonAggregateComponents-2";

    private readonly XmlWriter _xml;
    private readonly EnInvoice _invoice;
    private readonly bool _isCredit;

    private UblWriter(XmlWriter xml, EnInvoice invoice)
    {
        _xml = xml;
        _invoice = invoice;
        _isCredit = invoice.IsCreditNote is true;
    }

    public static byte[] Write(EnInvoice invoice)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, XmlStyle.Settings))
            new UblWriter(xml, invoice).Write();
        return output.ToArray();
    }

    private void Write()
    {
        var root = _isCredit ? "CreditNote" : "Invoice";
        _xml.WriteStartDocument();
        _xml.WriteStartElement(null, root, $"{Schemas}{root}-2");
        _xml.WriteAttributeString("xmlns", "cac", null, Aggregate);
        _xml.WriteAttributeString("xmlns", "cbc", null, Basic);
        Value("CustomizationID", _invoice.Specification);
        Value("ProfileID", _invoice.Process);
        Value("ID", _invoice.Number);
        Value("IssueDate", _invoice.IssueDate);
        if (!_isCredit) Value("DueDate", _invoice.DueDate);
        Value(_isCredit ? "CreditNoteTypeCode" : "InvoiceTypeCode", _invoice.TypeCode);
        foreach (var note in _invoice.Notes) Value("Note", note.Text);
        Value("DocumentCurrencyCode", _invoice.Currency);
        Value("TaxCurrencyCode", _invoice.TaxCurrency);
        Value("BuyerReference", _invoice.BuyerReference);
        if (_invoice.Period is not null || _invoice.TaxPointCode is not null)
            Period(_invoice.Period, _invoice.TaxPointCode);
        if (_invoice.OrderReference is { } order) Group("OrderReference", () => Value("ID", order));
        foreach (var preceding in _invoice.Preceding) Preceding(preceding);
        Group("AccountingSupplierParty", () => Party(_invoice.Seller));
        Group("AccountingCustomerParty", () => Party(_invoice.Buyer));
        Delivery();
        foreach (var payment in _invoice.Payments) Payment(payment);
        if (_invoice.PaymentTerms is { } terms) Group("PaymentTerms", () => Value("Note", terms));
        Taxes();
        if (_invoice.Totals?.TaxInTaxCurrency is { } converted)
        {
            Group("TaxTotal", () => Attributed(
                "TaxAmount", XmlStyle.Of(converted), "currencyID", _invoice.TaxCurrency));
        }
        Totals();
        foreach (var line in _invoice.Lines) Line(line);
        _xml.WriteEndDocument();
    }

    private void Period(EnPeriod? period, string? taxPoint = null) => Group("InvoicePeriod", () =>
    {
        Value("StartDate", period?.Start);
        Value("EndDate", period?.End);
        Value("DescriptionCode", taxPoint);
    });

    private void Preceding(EnPreceding preceding) => Group("BillingReference", () =>
        Group("InvoiceDocumentReference", () =>
        {
            Value("ID", preceding.Number);
            Value("IssueDate", preceding.Date);
        }));

    private void Party(EnParty? party) => Group("Party", () =>
    {
        if (party is null) return;
        Identifier("EndpointID", party.Endpoint);
        foreach (var id in party.Identifiers)
            Group("PartyIdentification", () => Identifier("ID", id));
        if (ReferenceEquals(party, _invoice.Seller)
            && _invoice.Payments.Select(payment => payment.Creditor).FirstOrDefault(
                creditor => creditor is not null) is { } creditor)
        {
            Group("PartyIdentification", () => Identifier(
                "ID", new EnIdentifier(creditor, "SEPA")));
        }
        if (party.Address is { } address) Address("PostalAddress", address);
        if (party.VatId is { } vatId) TaxScheme("PartyTaxScheme", "CompanyID", vatId, "VAT");
        if (party.TaxNumber is { } number) TaxScheme("PartyTaxScheme", "CompanyID", number, "FC");
        Group("PartyLegalEntity", () =>
        {
            Value("RegistrationName", party.Name);
            Identifier("CompanyID", party.Registration);
        });
        if (party.Contact is not { } contact) return;
        Group("Contact", () =>
        {
            Value("Name", contact.Name);
            Value("Telephone", contact.Phone);
            Value("ElectronicMail", contact.Email);
        });
    });

    private void Address(string name, EnAddress address) => Group(name, () =>
    {
        Value("StreetName", address.Street);
        Value("AdditionalStreetName", address.Street2);
        Value("CityName", address.City);
        Value("PostalZone", address.PostalCode);
        Group("Country", () => Value("IdentificationCode", address.Country));
    });

    private void TaxScheme(string group, string name, string value, string scheme) =>
        Group(group, () =>
        {
            Value(name, value);
            Group("TaxScheme", () => Value("ID", scheme));
        });

    private void Delivery()
    {
        if (_invoice.DeliveryDate is null && _invoice.DeliveryAddress is null) return;
        Group("Delivery", () =>
        {
            Value("ActualDeliveryDate", _invoice.DeliveryDate);
            if (_invoice.DeliveryAddress is { } address)
                Group("DeliveryLocation", () => Address("Address", address));
        });
    }

    private void Payment(EnPayment payment) => Group("PaymentMeans", () =>
    {
        Value("PaymentMeansCode", payment.MeansCode);
        Value("PaymentID", payment.Reference);
        foreach (var account in payment.Accounts)
        {
            Group("PayeeFinancialAccount", () =>
            {
                Value("ID", account.Id);
                Value("Name", account.Holder);
                if (account.Bank is { } bank)
                    Group("FinancialInstitutionBranch", () => Value("ID", bank));
            });
        }
        if (!payment.HasDirectDebit) return;
        Group("PaymentMandate", () =>
        {
            Value("ID", payment.Mandate);
            if (payment.DebitedAccount is { } debited)
                Group("PayerFinancialAccount", () => Value("ID", debited));
        });
    });

    private void Taxes() => Group("TaxTotal", () =>
    {
        Amount("TaxAmount", _invoice.Totals?.Tax);
        foreach (var tax in _invoice.Taxes)
        {
            Group("TaxSubtotal", () =>
            {
                Amount("TaxableAmount", tax.Net);
                Amount("TaxAmount", tax.Tax);
                Group("TaxCategory", () =>
                {
                    Value("ID", tax.Category);
                    Number("Percent", tax.Rate);
                    Value("TaxExemptionReasonCode", tax.ReasonCode);
                    Value("TaxExemptionReason", tax.Reason);
                    Group("TaxScheme", () => Value("ID", "VAT"));
                });
            });
        }
    });

    private void Totals() => Group("LegalMonetaryTotal", () =>
    {
        if (_invoice.Totals is not { } totals) return;
        Amount("LineExtensionAmount", totals.Lines);
        Amount("TaxExclusiveAmount", totals.Net);
        Amount("TaxInclusiveAmount", totals.Gross);
        Amount("AllowanceTotalAmount", totals.Allowances);
        Amount("ChargeTotalAmount", totals.Charges);
        Amount("PrepaidAmount", totals.Paid);
        Amount("PayableRoundingAmount", totals.Rounding);
        Amount("PayableAmount", totals.Payable);
    });

    private void Line(EnLine line) => Group(_isCredit ? "CreditNoteLine" : "InvoiceLine", () =>
    {
        Value("ID", line.Id);
        Value("Note", line.Note);
        Quantity(_isCredit ? "CreditedQuantity" : "InvoicedQuantity", line.Quantity, line.Unit);
        Amount("LineExtensionAmount", line.Net);
        if (line.Period is { } period) Period(period);
        foreach (var allowance in line.Allowances) Allowance(allowance, isCharge: false);
        foreach (var charge in line.Charges) Allowance(charge, isCharge: true);
        Group("Item", () =>
        {
            Value("Description", line.Description);
            Value("Name", line.Name);
            Group("ClassifiedTaxCategory", () =>
            {
                Value("ID", line.Category);
                Number("Percent", line.Rate);
                Group("TaxScheme", () => Value("ID", "VAT"));
            });
        });
        Group("Price", () =>
        {
            Amount("PriceAmount", line.Price);
            Quantity("BaseQuantity", line.PriceBase, line.PriceUnit);
        });
    });

    private void Allowance(EnAllowance allowance, bool isCharge) => Group("AllowanceCharge", () =>
    {
        Value("ChargeIndicator", isCharge ? "true" : "false");
        Value("AllowanceChargeReasonCode", allowance.ReasonCode);
        Value("AllowanceChargeReason", allowance.Reason);
        Amount("Amount", allowance.Amount);
        Amount("BaseAmount", allowance.Base);
    });

    private void Group(string name, Action content)
    {
        _xml.WriteStartElement("cac", name, Aggregate);
        content();
        _xml.WriteEndElement();
    }

    private void Value(string name, string? text)
    {
        if (text is not null) _xml.WriteElementString("cbc", name, Basic, XmlStyle.Clean(text));
    }

    private void Number(string name, decimal? number)
    {
        if (number is { } value) Value(name, XmlStyle.Of(value));
    }

    private void Identifier(string name, EnIdentifier? id) =>
        Attributed(name, id?.Value, "schemeID", id?.Scheme);

    private void Amount(string name, decimal? amount) =>
        Attributed(name, amount is { } value ? XmlStyle.Of(value) : null, "currencyID",
            _invoice.Currency);

    private void Quantity(string name, decimal? quantity, string? unit) => Attributed(name,
        quantity is { } value ? XmlStyle.Of(value) : null, "unitCode", unit);

    private void Attributed(string name, string? text, string attribute, string? value)
    {
        if (text is null) return;
        _xml.WriteStartElement("cbc", name, Basic);
        if (value is not null) _xml.WriteAttributeString(attribute, XmlStyle.Clean(value));
        _xml.WriteString(XmlStyle.Clean(text));
        _xml.WriteEndElement();
    }
}
