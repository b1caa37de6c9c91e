namespace Settle;

/// <summary>Shorter ways to ask a ledger.</summary>
public static class LedgerExtensions
{
    /// <summary>
    /// Moves money, and gives a refusal as a verdict instead of an exception. The errors are
    /// otherwise those of <see cref="ILedger"/>.
    /// </summary>
    public static async Task<Verdict> TryTransferAsync(this ILedger ledger,
        TransferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var made = await ledger.TransferAsync(request, cancellationToken)
                .ConfigureAwait(false);
            return new Verdict(RefusalCode.None, made.Block, made.Replayed)
            {
                Detail = made.NewAccounts,
            };
        }
        catch (RejectedException e)
        {
            return e.Verdict;
        }
    }

    /// <summary>All transfers that match the query, newest first, read page by page.</summary>
    public static IAsyncEnumerable<Transfer> AllTransfersAsync(this ILedger ledger,
        TransferQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => ledger.ListTransfersAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>
    /// All open holds that match the query, in the order in which they end, read page by page.
    /// </summary>
    public static IAsyncEnumerable<Hold> AllHoldsAsync(this ILedger ledger,
        HoldQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => ledger.ListHoldsAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All accounts, ordered by name, read page by page.</summary>
    public static IAsyncEnumerable<Account> AllAccountsAsync(this ILedger ledger,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return Pages.AllAsync(
            (after, stop) => ledger.ListAccountsAsync(
                new PageQuery { Limit = Pages.LimitMax, After = after }, stop), cancellationToken);
    }

    /// <summary>
    /// All balances of all accounts at one moment, ordered by name, read page by page.
    /// </summary>
    public static async Task<IReadOnlyList<Balance>> ListBalancesAsync(this ILedger ledger,
        AsOf at = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var balances = new List<Balance>();
        await foreach (var balance in Pages.AllAsync(
            (after, stop) => ledger.ListBalancesAsync(
                new BalanceQuery { At = at, Limit = Pages.LimitMax, After = after }, stop),
            cancellationToken).ConfigureAwait(false))
        {
            balances.Add(balance);
        }
        return balances;
    }

    /// <summary>All movements of an account, newest first, read page by page.</summary>
    public static IAsyncEnumerable<AccountEntry> AllEntriesAsync(this ILedger ledger,
        string account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(account);
        return Pages.AllAsync(
            (after, stop) => ledger.ListEntriesAsync(account,
                new EntryQuery { Limit = Pages.LimitMax, After = after }, stop), cancellationToken);
    }
}
