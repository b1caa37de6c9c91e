using Settle.Sepa;

namespace Settle.Bank;

/// <summary>Direct debits that a bank may book in one line.</summary>
/// <param name="Reference">What the line calls them.</param>
/// <param name="Numbers">The invoices.</param>
internal sealed record BankDebit(string Reference, IReadOnlyList<string> Numbers)
{
    /// <summary>All of an order, and each part of it.</summary>
    public static IEnumerable<BankDebit> Of(SepaOrder order) => SepaPart.Of(order)
        .Select(part => new BankDebit(part.Id, NumbersOf(part.Items)))
        .Prepend(new BankDebit(order.MessageId, NumbersOf(order.Items)));

    private static IReadOnlyList<string> NumbersOf(IEnumerable<SepaItem> items) =>
        [.. items.Where(item => !item.Cancelled).Select(item => item.Number)];
}
