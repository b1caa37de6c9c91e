using System.Runtime.InteropServices;
using Settle.Billing;

namespace Settle.Views;

/// <summary>The lines of an invoice, from its charges and the sums it records.</summary>
internal static class LinesOfInvoice
{
    private const int PriceDecimals = 10;

    // What a line of a letter holds twice.
    private const int PartNameMax = 120;

    public static IReadOnlyList<InvoiceLine> Of(
        List<BilledCharge> charges, List<TaxSum> taxes, AssetState asset, string language)
    {
        var items = charges.ConvertAll(charge => charge.Item);
        var (sums, treatment) = InvoiceMaker.Remake(CollectionsMarshal.AsSpan(items), taxes);
        return [.. charges.Select((charge, i) =>
            Line(charge, sums.Nets[i], treatment, asset, language))];
    }

    /// <summary>The lines of an invoice, or parts of them, that a credit note takes back.</summary>
    public static IReadOnlyList<InvoiceLine> Credited(
        Invoice invoice, List<CreditedLine> credited, AssetState asset) =>
        [.. credited.Select(part => Credited(invoice.Lines[part.Line - 1], part, asset))];

    /// <summary>
    /// A credit of a part has one line for each tax: it is called after what it credits, and is for
    /// the last day of that.
    /// </summary>
    public static IReadOnlyList<InvoiceLine> OfPart(
        Invoice invoice, IEnumerable<TaxSum> taxes, AssetState asset) =>
        [.. taxes.Select(tax => OfPart(tax, [.. invoice.Lines.Where(line =>
            line.Category == tax.Term.Code && line.Rate == Percent(tax.Term))], invoice, asset))];

    private static InvoiceLine OfPart(
        TaxSum tax, List<InvoiceLine> credited, Invoice invoice, AssetState asset) => new()
        {
            Description = Names(credited) is { Length: > 0 } names ? names : invoice.Number,
            Start = credited.Count == 0 ? null : FirstDay(credited),
            Date = credited.Count == 0 ? invoice.Date : credited.Max(line => line.Date),
            Quantity = 1,
            UnitPrice = ToMajor(tax.Net, asset),
            Discount = asset.Of(0),
            Net = asset.Of(tax.Net),
            Category = tax.Term.Code,
            Rate = Percent(tax.Term),
        };

    private static DateOnly? FirstDay(List<InvoiceLine> lines)
    {
        var first = lines.Min(line => line.Start ?? line.Date);
        return first < lines.Max(line => line.Date) ? first : null;
    }

    private static string Names(List<InvoiceLine> lines)
    {
        var names = string.Join(", ", lines.Select(line => line.Description.Trim().Split('\n')[0])
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));
        return names.Length <= PartNameMax ? names : names[..PartNameMax].TrimEnd() + "…";
    }

    public static InvoiceTax Tax(TaxSum tax, AssetState asset,
        IReadOnlyList<InvoiceLine> lines, Party seller, string language)
    {
        var (reason, code) = TaxReasons.Of(tax.Term.Code, lines, seller,
            InvoiceWords.Of(language).Reason(tax.Term.Code), language);
        return new InvoiceTax
        {
            Category = tax.Term.Code,
            Rate = Percent(tax.Term),
            Net = asset.Of(tax.Net),
            Tax = asset.Of(tax.Tax),
            Reason = reason,
            ReasonCode = code,
        };
    }

    // At the price of the invoice where that is what is credited, discount included.
    private static InvoiceLine Credited(InvoiceLine line, CreditedLine part, AssetState asset)
    {
        var (quantity, net) = (part.Quantity / (decimal)Scaled.One, asset.Of(part.Net));
        if (quantity == line.Quantity && net == line.Net) return line;
        var full = asset.Of((long)decimal.Round(quantity * line.UnitPrice
            * (decimal)Scaled.PowerOfTen(asset.Scale), MidpointRounding.AwayFromZero));
        var less = full - net;
        var share = asset.Of((long)decimal.Round((decimal)line.Discount.Units * quantity
            / line.Quantity, MidpointRounding.AwayFromZero));
        // A part may be a unit beside its share, and that is the discount's.
        var discount = quantity != line.Quantity && Int128.Abs((less - share).Units) <= 1
            ? less : share;
        var before = less - discount;
        var hasPrice = line.Discount.IsZero
            ? less.IsZero : !discount.IsNegative && !before.IsNegative;
        return line with
        {
            Quantity = quantity,
            Net = net,
            UnitPrice = hasPrice ? line.UnitPrice
                : decimal.Round(ToMajor(part.Net, asset) / quantity, PriceDecimals),
            Discount = hasPrice ? discount : asset.Of(0),
            CreditedBefore = hasPrice && !before.IsZero ? before : null,
        };
    }

    private static InvoiceLine Line(BilledCharge billed, long net, TaxCategory? treatment,
        AssetState asset, string language)
    {
        var (charge, item, date, isAtPrice) = billed;
        var terms = charge.Batch.Billing(charge.Entry);
        var term = treatment is { } category ? new TaxTerm(category, 0) : item.Tax;
        // Its own reason is for its own tax; the customer's treatment has another one.
        var hasReason = term.Category == item.Tax.Category;
        var (chargedDays, periodDays) = DaysOf(terms, date);
        var quantity = billed.Quantity / (decimal)Scaled.One;
        var discount = !isAtPrice ? 0 : (long)Rounded.Divide(
            (Int128)terms.Discount * (chargedDays ?? 1) * TaxTerm.Whole,
            (periodDays ?? 1) * (TaxTerm.Whole + (item.IsGross ? (Int128)item.Tax.Rate : 0)));
        var price = terms.HasUnitPrice && !item.IsGross && isAtPrice && chargedDays is null
            ? terms.UnitPrice / (decimal)Scaled.One
            : decimal.Round(ToMajor(net, asset) / quantity
                + (ToMajor(discount, asset) / quantity), PriceDecimals);
        return new InvoiceLine
        {
            Charge = charge.Batch.Text(charge.Entry.Id),
            Description = ChargeViews.Description(
                charge, asset.Of(charge.Entry.Amount), language),
            Start = terms.Start == 0 ? null : DateOnly.FromDayNumber(terms.Start),
            ChargedDays = chargedDays,
            MonthDays = periodDays,
            Date = DateOnly.FromDayNumber(date),
            Quantity = quantity,
            Unit = terms.Unit.IsEmpty ? "C62" : charge.Batch.Text(terms.Unit),
            UnitPrice = price,
            Discount = asset.Of(discount),
            Net = asset.Of(net),
            Category = term.Code,
            Rate = Percent(term),
            Prices = item.IsGross ? PriceKind.Gross : PriceKind.Net,
            Exemption = hasReason ? EntryViews.Text(charge.Batch, terms.Exemption) : null,
            ExemptionCode = hasReason ? EntryViews.Text(charge.Batch, terms.ExemptionCode) : null,
            CostCentre = terms.CostCentre.IsEmpty ? null : charge.Batch.Text(terms.CostCentre),
        };
    }

    // What a subscription charges for a part of a period is by its days (B7).
    private static (int? Charged, int? Period) DaysOf(in BillingTerms terms, int date)
    {
        if (terms.Start == 0 || terms.Subscription.IsEmpty) return default;
        var period = ChargeKind.PeriodDaysOf(terms);
        var charged = date - terms.Start + 1;
        return charged >= period ? (null, null) : (charged, period);
    }

    private static decimal ToMajor(long minor, AssetState asset) =>
        minor / (decimal)Scaled.PowerOfTen(asset.Scale);

    public static decimal Percent(TaxTerm term) =>
        term.Rate / (decimal)Scaled.PowerOfTen(TaxTerm.RateDecimals);
}
