using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of an invoice as a whole.</summary>
internal static class DocumentRules
{
    private const string Missing = "is missing";

    public static void Check(EnInvoice invoice, Findings found)
    {
        found.Require(Has(invoice.Specification), "BR-01", "specification (BT-24)", Missing);
        found.Require(Has(invoice.Number), "BR-02", "number (BT-1)", Missing);
        found.Require(Has(invoice.IssueDate), "BR-03", "date (BT-2)", Missing);
        found.Require(Has(invoice.TypeCode), "BR-04", "type (BT-3)", Missing);
        found.Require(Has(invoice.Currency), "BR-05", "currency (BT-5)", Missing);
        found.Require(invoice.Lines.Count > 0, "BR-16", "lines (BG-25)",
            "are missing; an invoice has at least one");
        found.Require(invoice.TaxCurrency is null || invoice.Totals?.TaxInTaxCurrency is not null,
            "BR-53", "totals.tax_in_tax_currency (BT-111)",
            "is missing, though there is a currency for the tax office (BT-6)");
        found.Require(invoice.TaxPointDate is null || invoice.TaxPointCode is null, "BR-CO-03",
            "tax_point (BT-7, BT-8)", "is a date and a code; only one of them may be given");
        for (var i = 0; i < invoice.Preceding.Count; i++)
        {
            found.Require(invoice.Preceding[i].Number is not null, "BR-55",
                new FieldPath("preceding", i), "number (BT-25)", Missing);
        }
        for (var i = 0; i < invoice.Attachments.Count; i++)
        {
            found.Require(Has(invoice.Attachments[i].Id), "BR-52", new FieldPath("attachments", i),
                "id (BT-122)", Missing);
        }
        found.Require(invoice.DeliveryAddress is not { Country: null }, "BR-57",
            "delivery.address.country (BT-80)", Missing);
        CheckPeriod(invoice, found);
        CheckDates(invoice, found);
    }

    /// <summary>
    /// Whether a period's end (BT-74, BT-135) is not before its start (BT-73, BT-134).
    /// </summary>
    public static bool IsInOrder(EnPeriod period) =>
        Day(period.Start) is not { } start || Day(period.End) is not { } end || start <= end;

    private static void CheckPeriod(EnInvoice invoice, Findings found)
    {
        if (invoice.Period is not { } period) return;
        found.Require(IsInOrder(period), "BR-29", "period.end (BT-74)",
            "is before the period's start (BT-73)");
        found.Require(period.Start is not null || period.End is not null
            || invoice.TaxPointCode is not null, "BR-CO-19", "period (BG-14)",
            "has neither a start nor an end");
    }

    private static void CheckDates(EnInvoice invoice, Findings found)
    {
        Date(invoice.IssueDate, "date (BT-2)", found);
        Date(invoice.TaxPointDate, "tax_point (BT-7)", found);
        Date(invoice.DueDate, "due (BT-9)", found);
        Date(invoice.DeliveryDate, "delivery.date (BT-72)", found);
        Date(invoice.Period?.Start, "period.start (BT-73)", found);
        Date(invoice.Period?.End, "period.end (BT-74)", found);
        foreach (var preceding in invoice.Preceding)
            Date(preceding.Date, "preceding.date (BT-26)", found);
    }

    private static void Date(string? text, string field, Findings found) =>
        found.Require(!Has(text) || Day(text) is not null, "SETTLE-01", field,
            "is not a day of the calendar; write it as 2026-11-21");
}
