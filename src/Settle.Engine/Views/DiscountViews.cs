using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Cash discounts as callers see them, and as the chain has them.</summary>
internal static class DiscountViews
{
    private const string Field = "cash_discounts";
    private const decimal Hundredth = 0.01m;

    /// <summary>What callers ask for, as the chain has it; null for nothing.</summary>
    /// <exception cref="InvalidRequestException">They do not fit together.</exception>
    public static string? Text(IReadOnlyList<CashDiscount>? discounts) =>
        discounts is null ? null : DiscountTerms.Of(discounts.Select(Step)).Text;

    /// <summary>Reads how people write it: 2/10 is 2 percent within 10 days.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static IReadOnlyList<CashDiscount> Read(string text) =>
        [.. DiscountTerms.Parse(text).Steps.Select(step => new CashDiscount
        {
            Percent = step.Percent * Hundredth, Days = step.Days,
        })];

    /// <summary>What an entry says of them; null for nothing.</summary>
    public static IReadOnlyList<CashDiscount>? Of(RequestBatch batch, Slice text) =>
        text.IsEmpty ? null : Read(batch.Text(text));

    /// <summary>What an invoice offers.</summary>
    /// <param name="terms">Its discounts.</param>
    /// <param name="date">Its date.</param>
    /// <param name="amount">Minor units that they are of.</param>
    /// <param name="open">Minor units that are to be paid without them.</param>
    /// <param name="asset">Its asset.</param>
    public static IReadOnlyList<CashDiscountOffer>? Offers(
        DiscountTerms terms, DateOnly date, long amount, long open, AssetState asset)
    {
        CashDiscountOffer[] offers = [.. terms.Steps
            .Select(step => (Step: step, Discount: step.Of(amount)))
            .Where(each => each.Discount > 0 && each.Discount < open)
            .Select(each => new CashDiscountOffer(each.Step.Percent * Hundredth, each.Step.Days,
                date.AddDays(each.Step.Days), asset.Of(each.Discount),
                asset.Of(open - each.Discount)))];
        return offers.Length == 0 ? null : offers;
    }

    /// <summary>The discounts that were taken with an entry, or lost by it; null for none.
    /// </summary>
    public static IReadOnlyList<CashDiscountPart>? Parts(
        RequestBatch batch, in Request entry, LedgerAssets assets) =>
        Parts(batch, entry, batch.Billing(entry).Discounted, assets);

    /// <summary>What an entry brought deposit invoices, or took of them; null for nothing.
    /// </summary>
    public static IReadOnlyList<CashDiscountPart>? Deposits(
        RequestBatch batch, in Request entry, LedgerAssets assets) =>
        Parts(batch, entry, batch.Billing(entry).Deposits, assets);

    private static CashDiscountPart[]? Parts(
        RequestBatch batch, in Request entry, Slice list, LedgerAssets assets)
    {
        var discounts = BillingJson.ReadDiscounted(batch.Bytes(list));
        if (discounts.Count == 0) return null;
        var asset = assets.Of(0, batch, entry.Asset).Asset!;
        return [.. discounts.Select(discount => new CashDiscountPart
        {
            Invoice = Encoding.UTF8.GetString(discount.Invoice),
            Amount = assets.Of(discount.Amount, asset),
            Taxes = [.. discount.Taxes.Select(tax => new InvoiceTax
            {
                Category = tax.Term.Code,
                Rate = LinesOfInvoice.Percent(tax.Term),
                Net = assets.Of(tax.Net, asset),
                Tax = assets.Of(tax.Tax, asset),
            })],
            Rounding = discount.Rounding == 0 ? null : assets.Of(discount.Rounding, asset),
        })];
    }

    private static DiscountTerms.Step Step(CashDiscount discount, int at)
    {
        if (discount is null) throw new InvalidRequestException($"{Field}[{at}]", "is missing");
        var percent = discount.Percent / Hundredth;
        if (percent != decimal.Truncate(percent) || percent is < 0 or > int.MaxValue)
        {
            throw Parse.Fault($"{Field}[{at}].percent",
                discount.Percent.ToString(CultureInfo.InvariantCulture),
                "is not a percentage of at most 2 decimals");
        }
        return new DiscountTerms.Step((int)percent, discount.Days);
    }
}
