using Settle.Billing;

namespace Settle.Sepa;

/// <summary>What stands together in a message: debits of one scheme and one sequence.</summary>
/// <param name="Id">What the bank knows it by.</param>
/// <param name="Scheme"><c>CORE</c> or <c>B2B</c>.</param>
/// <param name="Sequence">Which use of their mandates it is; null for refunds.</param>
/// <param name="Items">What is collected or paid.</param>
internal sealed record SepaPart(
    string Id, string Scheme, string? Sequence, IReadOnlyList<SepaItem> Items)
{
    /// <summary>The parts of an order, in their order.</summary>
    public static IEnumerable<SepaPart> Of(SepaOrder order) => order.Items
        .GroupBy(item => (Scheme: SchemeOf(item), item.Sequence))
        .OrderBy(group => group.Key.Scheme, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Sequence, StringComparer.Ordinal)
        .Select((group, at) => new SepaPart(
            string.Create(CultureInfo.InvariantCulture, $"{order.MessageId}-{at + 1}"),
            group.Key.Scheme, group.Key.Sequence, [.. group]));

    private static string SchemeOf(SepaItem item) =>
        item.Party?.MandateScheme == MandateCheck.CompaniesOnly ? "B2B" : "CORE";
}
