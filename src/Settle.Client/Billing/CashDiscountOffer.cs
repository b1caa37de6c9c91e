namespace Settle;

/// <summary>A cash discount that an invoice offers.</summary>
/// <param name="Percent">How much of the invoice, in percent.</param>
/// <param name="Days">How many days after the invoice's date it can be taken.</param>
/// <param name="Until">The last of these days.</param>
/// <param name="Discount">What is deducted, tax included.</param>
/// <param name="Payable">What is left to be paid.</param>
public sealed record CashDiscountOffer(
    decimal Percent, int Days, DateOnly Until, Money Discount, Money Payable);
