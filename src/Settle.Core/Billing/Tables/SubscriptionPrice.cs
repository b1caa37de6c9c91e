namespace Settle.Billing;

/// <summary>What a whole period of a subscription costs, from a day on.</summary>
/// <param name="From">The first day; 0 for what was agreed first.</param>
/// <param name="Amount">Minor units, after the discount.</param>
/// <param name="Discount">Minor units.</param>
/// <param name="HasUnitPrice">Whether it has a quantity and a unit price.</param>
/// <param name="Quantity">Millionths.</param>
/// <param name="UnitPrice">Millionths of the major unit.</param>
internal readonly record struct SubscriptionPrice(
    int From, long Amount, long Discount, bool HasUnitPrice, long Quantity, long UnitPrice)
{
    /// <summary>The price that an entry of a subscription says.</summary>
    public static SubscriptionPrice Of(in Request entry, in BillingTerms terms) => new(terms.Start,
        entry.Amount, terms.Discount, terms.HasUnitPrice, terms.Quantity, terms.UnitPrice);

    /// <summary>Whether a charge names this quantity, unit price and discount.</summary>
    public bool IsOf(in BillingTerms charge) => (HasUnitPrice, Quantity, UnitPrice, Discount)
        == (charge.HasUnitPrice, charge.Quantity, charge.UnitPrice, charge.Discount);

    /// <summary>Fills in the price of a charge for some days, whose amount that gives.</summary>
    /// <param name="request">The charge.</param>
    /// <param name="terms">The same.</param>
    /// <param name="amount">What it comes to, where there is nothing but an amount.</param>
    public void Fill(ref Request request, ref BillingTerms terms, long amount)
    {
        terms.Discount = Discount;
        if (HasUnitPrice)
            (terms.HasUnitPrice, terms.Quantity, terms.UnitPrice) = (true, Quantity, UnitPrice);
        else if (Discount > 0)
            terms.Price = Amount + Discount;
        else
            request.Amount = amount;
    }
}
