namespace Settle.Bank;

/// <summary>A payment, as far as a bank may take it back.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Asset">The asset's code.</param>
/// <param name="Left">Minor units of it that did not go back yet, more than zero.</param>
/// <param name="Date">The day it was paid.</param>
/// <param name="Reference">Who paid, and what the payer wrote; null for nothing.</param>
/// <param name="Invoices">The numbers of the invoices that it paid, each once.</param>
internal sealed record BankPayment(string Id, string Asset, long Left, DateOnly Date,
    string? Reference, IReadOnlyList<string> Invoices)
{
    public static BankPayment Of(Payment payment) => new(payment.Id, payment.Asset,
        (long)(payment.Amount.Units - (payment.Returned?.Units ?? 0)), payment.Date,
        payment.Reference, [.. payment.Allocations.Select(part => part.Number)
            .Append(payment.Invoice).OfType<string>().Distinct()]);

    /// <summary>One that a line of the file brings.</summary>
    public static BankPayment Of(BankLine line, PaymentRequest request) => new(request.Id!,
        line.Asset, (long)request.Amount.Units, line.Date, request.Reference, [request.Invoice!]);
}
