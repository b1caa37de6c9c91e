namespace Settle.Billing;

/// <summary>
/// Cash discounts for those who pay early, as text: <c>3/7,2/14</c> is 3 % within 7 days of the
/// invoice's date, 2 % within 14. Who pays later gets less. Pure.
/// </summary>
internal sealed class DiscountTerms
{
    /// <summary>How many decimals a percentage has at most.</summary>
    public const int PercentDecimals = 2;

    private const int Whole = 10_000;
    private const int PercentMax = 5_000;
    private const string Field = "cash_discounts";

    /// <summary>No discount.</summary>
    public static readonly DiscountTerms None = new([]);

    private DiscountTerms(Step[] steps) => Steps = steps;

    /// <summary>The discounts, the shortest time first.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The text; <c>none</c> where there are none.</summary>
    public string Text => Steps.Count == 0 ? "none" : string.Join(",", Steps.Select(step =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Scaled.Text(step.Percent, PercentDecimals)}/{step.Days}")));

    /// <summary>Some discounts, checked.</summary>
    /// <param name="steps">The discounts in any order.</param>
    /// <exception cref="InvalidRequestException">They do not fit together.</exception>
    public static DiscountTerms Of(IEnumerable<Step> steps)
    {
        Step[] sorted = [.. steps.OrderBy(step => step.Days)];
        if (sorted.Length > Limits.CashDiscountsMax)
            throw new InvalidRequestException(Field, $"must be at most {Limits.CashDiscountsMax}");
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Percent is <= 0 or > PercentMax)
            {
                throw new InvalidRequestException(
                    Field, "must be more than 0 and at most 50 percent");
            }
            if (sorted[i].Days is < 0 or > Limits.TermsDaysMax)
            {
                throw new InvalidRequestException(
                    Field, $"must end after 0 to {Limits.TermsDaysMax} days");
            }
            if (i > 0 && (sorted[i].Days == sorted[i - 1].Days
                || sorted[i].Percent >= sorted[i - 1].Percent))
            {
                throw new InvalidRequestException(
                    Field, "must become less with the days: 3 % within 7 days, 2 % within 14");
            }
        }
        return sorted.Length == 0 ? None : new DiscountTerms(sorted);
    }

    /// <summary>Reads the text.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DiscountTerms Parse(string text)
    {
        if (text is "none" or "") return None;
        var steps = new List<Step>();
        foreach (var part in text.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !Scaled.TryParse(Encoding.UTF8.GetBytes(part[..slash]),
                    PercentDecimals, out var percent)
                || !int.TryParse(part.AsSpan(slash + 1), NumberStyles.None,
                    CultureInfo.InvariantCulture, out var days))
            {
                throw Malformed(text);
            }
            steps.Add(new Step((int)long.Min(percent, int.MaxValue), days));
        }
        return Of(steps);
    }

    /// <summary>What may be deducted of an amount that is paid after some days.</summary>
    /// <param name="amount">Minor units of the whole invoice, less what was credited.</param>
    /// <param name="days">How many days after the invoice's date it is paid.</param>
    public long Of(long amount, int days)
    {
        foreach (var step in Steps)
            if (days <= step.Days) return step.Of(amount);
        return 0;
    }

    private static InvalidRequestException Malformed(string text) => Settle.Parse.Fault(Field, text,
        "is not a cash discount; write it as 2/10: 2 percent within 10 days");

    /// <summary>One discount.</summary>
    /// <param name="Percent">Hundredths of a percent.</param>
    /// <param name="Days">How many days after the invoice's date it can be taken.</param>
    internal readonly record struct Step(int Percent, int Days)
    {
        /// <summary>Minor units of an amount, half a unit rounded up.</summary>
        public long Of(long amount) => (long)Rounded.Divide((Int128)amount * Percent, Whole);
    }
}
