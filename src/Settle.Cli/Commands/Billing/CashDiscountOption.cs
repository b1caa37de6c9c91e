using Settle.Views;

namespace Settle.Cli.Commands;

/// <summary>Cash discounts as words: 2/10 is 2 percent within 10 days.</summary>
internal static class CashDiscountOption
{
    private const string None = "none";
    private const string Sellers = "seller";

    public static Option<string[]> Make(string description) =>
        new("--cash-discount") { Description = description, HelpName = "PERCENT/DAYS" };

    /// <summary>What was typed; what was known where nothing was.</summary>
    /// <param name="typed">The words.</param>
    /// <param name="known">The discounts so far.</param>
    public static IReadOnlyList<CashDiscount>? Read(
        string[]? typed, IReadOnlyList<CashDiscount>? known) => typed switch
        {
            null or [] => known,
            [None] => [],
            [Sellers] => null,
            _ => DiscountViews.Read(string.Join(",", typed.Select(Plain))),
        };

    public static string Text(IReadOnlyList<CashDiscount> discounts) => discounts.Count == 0 ? None
        : string.Join(", ", discounts);

    // People write 2.50 and 2.5% too.
    private static string Plain(string word)
    {
        var slash = int.Max(0, word.IndexOf('/', StringComparison.Ordinal));
        var percent = word[..slash].TrimEnd('%');
        return Settle.Parse.IsDecimal(percent)
            ? DecimalJsonConverter.ToText(Settle.Parse.Decimal("cash-discount", percent))
                + word[slash..] : word;
    }
}
