namespace Settle;

/// <summary>What an account can spend now: an amount, or unlimited.</summary>
public readonly record struct Spendable
{
    private Spendable(Money amount, bool isUnlimited) =>
        (Amount, IsUnlimited) = (amount, isUnlimited);

    /// <summary>No limit at all.</summary>
    public static Spendable Unlimited { get; } = new(default, true);

    /// <summary>
    /// What is available and the overdraft; zero if unlimited, and in a closed account.
    /// </summary>
    public Money Amount { get; }

    /// <summary>Whether there is no limit.</summary>
    public bool IsUnlimited { get; }

    /// <summary>An amount.</summary>
    public static Spendable Of(Money amount) => new(amount, false);

    /// <summary>The digits of the amount, or <c>unlimited</c>.</summary>
    public override string ToString() => IsUnlimited ? "unlimited" : Amount.Digits;
}
