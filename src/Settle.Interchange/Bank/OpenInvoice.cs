namespace Settle.Bank;

/// <summary>An invoice that is not paid whole, as matching needs it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Customer">The customer's id.</param>
/// <param name="Name">The customer's name, where it is known.</param>
/// <param name="Asset">The asset's code.</param>
/// <param name="Date">Its date.</param>
/// <param name="Amount">Minor units of it all.</param>
/// <param name="Open">Minor units that are not paid yet.</param>
internal sealed record OpenInvoice(string Number, string Customer, string? Name, string Asset,
    DateOnly Date, long Amount, long Open)
{
    /// <summary>The cash discounts that it offers, the shortest time first.</summary>
    public IReadOnlyList<CashDiscountOffer> CashDiscounts { get; init; } = [];

    /// <summary>Minor units that pay it on a day: less a discount that is not over.</summary>
    public long DueOn(DateOnly day) => CashDiscounts.FirstOrDefault(offer => day <= offer.Until)
        is { } offer ? (long)offer.Payable.Units : Open;

    /// <summary>Whether an amount pays it on a day, with a discount or whole.</summary>
    public bool IsPaidBy(long amount, DateOnly day) =>
        amount == Open || amount == DueOn(day);

    /// <summary>All amounts that may pay it, in minor units.</summary>
    public IEnumerable<long> Amounts =>
        CashDiscounts.Select(offer => (long)offer.Payable.Units).Append(Open);
}
