using Settle.Billing.Rules;

namespace Settle.Billing;

/// <summary>What has a price: an amount, or a quantity and a unit price; less a discount.</summary>
internal abstract class PricedKind : BillingKind
{
    protected static void CheckPrice(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        Amounts.Check("discount", terms.Discount, allowZero: true);
        if (!terms.Unit.IsEmpty && !CodeLists.Units.Contains(batch.Text(terms.Unit)))
        {
            throw Parse.Fault("unit", batch.Text(terms.Unit),
                "is not a unit by its UN/ECE code, such as C62 (pieces), HUR, DAY or KGM");
        }
        if (!terms.HasUnitPrice)
        {
            Amounts.Check("amount", terms.Price > 0 ? terms.Price : request.Amount);
            if (terms.Quantity != 0)
                throw new InvalidRequestException("unit_price", "is missing beside quantity");
            return;
        }
        if (request.Amount != 0)
            throw new InvalidRequestException(
                "amount", "cannot be combined with unit_price, which gives the amount");
        if (terms.Quantity is <= 0 or > Limits.QuantityMax * Scaled.One)
        {
            throw new InvalidRequestException("quantity",
                $"must be more than zero, at most {Limits.QuantityMax}");
        }
        if (terms.UnitPrice is < 0 or > Limits.UnitPriceMax * Scaled.One)
        {
            throw new InvalidRequestException("unit_price",
                $"must be 0 to {Limits.UnitPriceMax} in the major unit");
        }
    }

    /// <summary>What is printed or matched as it was typed: nothing in it is unseen.</summary>
    protected static void CheckLines(RequestBatch batch, in BillingTerms terms)
    {
        if (!terms.CostCentre.IsEmpty)
            Texts.CheckName(
                "cost_centre", batch.Bytes(terms.CostCentre), Limits.CostCentreBytesMax);
        if (!terms.Exemption.IsEmpty)
            Texts.CheckSeenLine(
                "exemption", batch.Bytes(terms.Exemption), Limits.ExemptionBytesMax);
    }

    /// <summary>Whether the decision gives the amount.</summary>
    protected static bool IsPriced(in BillingTerms terms) =>
        terms is { HasUnitPrice: true } or { Price: > 0 };

    /// <summary>
    /// What price and discount come to; null where that is less than <paramref name="min"/>, or
    /// more than any amount.
    /// </summary>
    protected static long? WholeOf(BillingDecider decider, RequestBatch batch, in Request request,
        in BillingTerms terms, long min)
    {
        var whole = WholeOf(request, terms,
            decider.Assets[decider.Assets.Find(batch.Bytes(request.Asset))].Scale);
        return whole < min || whole > Limits.AmountMax ? null : (long)whole;
    }

    // Both factors are in millionths; the result is rounded once.
    protected static Int128 WholeOf(in Request request, in BillingTerms terms, int scale) =>
        !IsPriced(terms) ? request.Amount
            : (terms.HasUnitPrice
                ? Rounded.Divide((Int128)terms.Quantity * terms.UnitPrice,
                    Scaled.PowerOfTen((2 * Scaled.Decimals) - scale))
                : terms.Price) - terms.Discount;
}
