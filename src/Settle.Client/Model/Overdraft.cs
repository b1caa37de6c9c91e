namespace Settle;

/// <summary>How far below zero a balance may fall: an amount, or unlimited.</summary>
public readonly record struct Overdraft
{
    private Overdraft(Money limit, bool isUnlimited) =>
        (Limit, IsUnlimited) = (limit, isUnlimited);

    /// <summary>No limit at all.</summary>
    public static Overdraft Unlimited { get; } = new(default, true);

    /// <summary>Zero or more; zero if unlimited.</summary>
    public Money Limit { get; }

    /// <summary>Whether there is no limit.</summary>
    public bool IsUnlimited { get; }

    /// <summary>A limit, at most 2^53-1 minor units.</summary>
    /// <exception cref="InvalidRequestException">It is below zero.</exception>
    public static Overdraft Of(Money limit) => !limit.IsNegative ? new(limit, false)
        : throw Amounts.NotPositive("overdraft", $"{limit}", allowZero: true);

    /// <summary>Reads <c>unlimited</c> or an amount in the major unit.</summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    internal static Overdraft Parse(string text) =>
        Settle.Parse.Limit("overdraft", text, "unlimited") is { } amount
            ? Of(Money.Typed(amount)) : Unlimited;
}
