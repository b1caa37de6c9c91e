namespace Settle;

/// <summary>The paying account's available balance would have fallen below its floor.</summary>
public sealed class InsufficientFundsException(
    string id, long block, bool replayed, Shortfall? shortfall = null)
    : RejectedException(RefusalCode.InsufficientFunds, id, block, replayed,
        shortfall is null ? null : Text($"{shortfall}", id, block, replayed))
{
    /// <summary>The account that had to pay; null if an older server does not say.</summary>
    public string? Account => Shortfall?.Account;

    /// <inheritdoc cref="Shortfall.Spendable"/>
    public Money? Spendable => Shortfall?.Spendable;

    /// <inheritdoc cref="Shortfall.Needed"/>
    public Money? Needed => Shortfall?.Needed;

    /// <summary>All of it; null if an older server does not say.</summary>
    public Shortfall? Shortfall { get; } = shortfall;
}
