namespace Settle.Billing.Rules;

/// <summary>BR-CL: codes are those of their lists.</summary>
internal static class CodeRules
{
    // Germany's health applications: in XRechnung's extension only.
    private static readonly HashSet<string> HealthSchemes =
        new(["XR01", "XR02", "XR03"], StringComparer.Ordinal);

    public static void Check(EnInvoice invoice, EnProfile profile, Findings found)
    {
        var isExtended = profile == EnProfile.XRechnungExtension;
        CheckDocument(invoice, isExtended, found);
        CheckParty(invoice.Seller, new FieldPath("seller"), isExtended, found);
        CheckParty(invoice.Buyer, new FieldPath("buyer"), isExtended, found);
        CheckParty(invoice.Payee, new FieldPath("payee"), isExtended, found);
        CheckParty(invoice.TaxRepresentative, new FieldPath("tax_representative"), isExtended,
            found);
        In(invoice.DeliveryAddress?.Country, CodeLists.Countries, "BR-CL-14",
            new FieldPath("delivery"), "country (BT-80)", found);
        for (var i = 0; i < invoice.Payments.Count; i++)
        {
            In(invoice.Payments[i].MeansCode, CodeLists.PaymentMeans, "BR-CL-16",
                new FieldPath("payments", i), "means (BT-81)", found);
        }
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var path = new FieldPath("taxes", i);
            In(invoice.Taxes[i].Category, CodeLists.TaxCategories, "BR-CL-17", path,
                "category (BT-118)", found);
            In(invoice.Taxes[i].ReasonCode?.ToUpperInvariant(), CodeLists.ExemptionReasons,
                "BR-CL-22", path, "reason_code (BT-121)", found);
        }
        CheckAllowances(invoice.Allowances, "allowances", CodeLists.AllowanceReasons, "BR-CL-19",
            found);
        CheckAllowances(invoice.Charges, "charges", CodeLists.ChargeReasons, "BR-CL-20", found);
        for (var i = 0; i < invoice.Lines.Count; i++)
            CheckLine(invoice.Lines[i], new FieldPath("lines", i), profile, found);
        for (var i = 0; i < invoice.Attachments.Count; i++)
        {
            var type = invoice.Attachments[i].MimeType;
            In(isExtended && type == "application/xml" ? null : type, CodeLists.MimeTypes,
                isExtended ? "BR-DEX-01" : "BR-CL-24", new FieldPath("attachments", i),
                "mime_type (BT-125)", found);
        }
    }

    private static void CheckDocument(EnInvoice invoice, bool isExtended, Findings found)
    {
        var path = new FieldPath("invoice");
        var types = invoice.IsCreditNote is true ? CodeLists.CreditNoteTypes
            : CodeLists.InvoiceTypes;
        if (invoice.IsCreditNote is not null || invoice.TypeCode is null
            || !CodeLists.CreditNoteTypes.Contains(invoice.TypeCode))
        {
            In(invoice.TypeCode, types, "BR-CL-01", path, "type (BT-3)", found);
        }
        foreach (var currency in invoice.AmountCurrencies)
        {
            In(currency, CodeLists.Currencies, "BR-CL-03", path, "amounts.currency", found);
        }
        In(invoice.Currency, CodeLists.Currencies, "BR-CL-04", path, "currency (BT-5)", found);
        In(invoice.TaxCurrency, CodeLists.Currencies, "BR-CL-05", path, "tax_currency (BT-6)",
            found);
        In(invoice.TaxPointCode, CodeLists.TaxPointCodes, "BR-CL-06", path,
            "tax_point_code (BT-8)", found);
        In(invoice.InvoicedObject?.Scheme, CodeLists.ObjectSchemes, "BR-CL-07", path,
            "invoiced_object (BT-18)", found);
        Scheme(invoice.DeliveryLocation?.Scheme, CodeLists.Schemes, "BR-CL-26", "BR-DEX-08",
            isExtended, path, "delivery.location (BT-71)",
            found);
    }

    private static void CheckParty(EnParty? party, FieldPath path, bool isExtended,
        Findings found)
    {
        if (party is null) return;
        In(party.Address?.Country, CodeLists.Countries, "BR-CL-14", path,
            "country (BT-40, BT-55, BT-69)", found);
        foreach (var id in party.Identifiers.Where(id => id.Scheme != "SEPA"))
        {
            Scheme(id.Scheme, CodeLists.Schemes, "BR-CL-10", "BR-DEX-04", isExtended,
                path, "identifier.scheme", found);
        }
        Scheme(party.Registration?.Scheme, CodeLists.Schemes, "BR-CL-11", "BR-DEX-05", isExtended,
            path, "registration.scheme", found);
        Scheme(party.Endpoint?.Scheme, CodeLists.EndpointSchemes, "BR-CL-25", "BR-DEX-07",
            isExtended, path, "endpoint.scheme (BT-34, BT-49)",
            found);
    }

    private static void Scheme(string? scheme, HashSet<string> list, string rule,
        string extendedRule, bool isExtended, FieldPath path, string field, Findings found)
    {
        if (isExtended && scheme is not null && HealthSchemes.Contains(scheme)) return;
        In(scheme, list, isExtended ? extendedRule : rule, path, field, found);
    }

    private static void CheckAllowances(IReadOnlyList<EnAllowance> allowances, string group,
        HashSet<string> reasons, string rule, Findings found)
    {
        for (var i = 0; i < allowances.Count; i++)
        {
            var path = new FieldPath(group, i);
            In(allowances[i].ReasonCode, reasons, rule, path, "reason_code", found);
            In(allowances[i].Category, CodeLists.TaxCategories, "BR-CL-17", path, "category",
                found);
        }
    }

    private static void CheckLine(EnLine line, FieldPath path, EnProfile profile,
        Findings found)
    {
        In(line.Category, CodeLists.TaxCategories, "BR-CL-18", path, "category (BT-151)", found);
        In(line.Unit, CodeLists.Units, "BR-CL-23", path, "unit (BT-130)", found);
        In(line.PriceUnit, CodeLists.Units, "BR-CL-23", path, "price_unit (BT-150)", found);
        In(line.Origin, CodeLists.Countries, "BR-CL-15", path, "origin (BT-159)", found);
        Scheme(line.StandardItem?.Scheme, CodeLists.Schemes, "BR-CL-21", "BR-DEX-06",
            profile == EnProfile.XRechnungExtension, path, "standard_item (BT-157)", found);
        In(line.InvoicedObject?.Scheme, CodeLists.ObjectSchemes, "BR-CL-07", path,
            "invoiced_object (BT-128)", found);
        foreach (var itemClass in line.Classes)
        {
            if (profile == EnProfile.XRechnungCvd && itemClass.Scheme == "CVD") continue;
            In(itemClass.Scheme, CodeLists.ItemSchemes, "BR-CL-13", path, "class (BT-158)", found);
        }
        foreach (var allowance in line.Allowances)
        {
            In(allowance.ReasonCode, CodeLists.AllowanceReasons, "BR-CL-19", path,
                "allowances.reason_code (BT-140)", found);
        }
        foreach (var charge in line.Charges)
        {
            In(charge.ReasonCode, CodeLists.ChargeReasons, "BR-CL-20", path,
                "charges.reason_code (BT-145)", found);
        }
    }

    private static void In(string? code, HashSet<string> list, string rule, FieldPath path,
        string field, Findings found)
    {
        if (code is null || list.Contains(code) || list.Contains(code.Trim())) return;
        found.Add(rule, path.Of(field), $"is '{code}', which its code list does not have",
            RuleSeverity.Fatal);
    }
}
