namespace Settle;

/// <summary>The highest balance that incoming money may lead to: an amount, or none.</summary>
public readonly record struct Ceiling
{
    private Ceiling(Money limit, bool isNone) => (Limit, IsNone) = (limit, isNone);

    /// <summary>No ceiling.</summary>
    public static Ceiling None { get; } = new(default, true);

    /// <summary>Zero or more; zero if there is no ceiling.</summary>
    public Money Limit { get; }

    /// <summary>Whether there is no ceiling.</summary>
    public bool IsNone { get; }

    /// <summary>A ceiling, at most 2^53-1 minor units.</summary>
    /// <exception cref="InvalidRequestException">It is below zero.</exception>
    public static Ceiling Of(Money limit) => !limit.IsNegative ? new(limit, false)
        : throw Amounts.NotPositive("ceiling", $"{limit}", allowZero: true);

    /// <summary>Reads <c>none</c> or an amount in the major unit.</summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    internal static Ceiling Parse(string text) =>
        Settle.Parse.Limit("ceiling", text, "none") is { } amount ? Of(Money.Typed(amount)) : None;
}
