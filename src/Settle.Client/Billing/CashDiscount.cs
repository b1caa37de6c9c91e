namespace Settle;

/// <summary>A discount for those who pay early.</summary>
public sealed record CashDiscount
{
    /// <summary>
    /// How much of the invoice with its tax, in percent: more than 0, at most 50, with 2 decimals.
    /// </summary>
    public required decimal Percent { get; init; }

    /// <summary>How many days after the invoice's date it can be taken, 0 to 365.</summary>
    public required int Days { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Percent:0.##}/{Days}");
}
