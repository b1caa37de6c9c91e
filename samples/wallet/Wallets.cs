using Settle;

namespace Wallet;

/// <summary>What the app does with money. Every request has an id: sent again, it is not done again.</summary>
internal sealed class Wallets(ILedger ledger)
{
    private const string Currency = "USD";
    private static readonly TimeSpan HeldFor = TimeSpan.FromDays(7);

    public Task<Transfer> DepositAsync(string id, string wallet, decimal amount,
        CancellationToken cancellation) =>
        TransferAsync(id, "@world", wallet, amount, cancellation);

    public Task<Transfer> TransferAsync(string id, string from, string to, decimal amount,
        CancellationToken cancellation) =>
        ledger.TransferAsync(from, to, Money.Of(amount, Currency), id, cancellation);

    /// <summary>Reserves money, as for a taxi ride whose price is not known yet.</summary>
    public Task<Hold> HoldAsync(string id, string from, string to, decimal amount,
        CancellationToken cancellation) =>
        ledger.HoldAsync(new HoldRequest
        {
            Id = id,
            From = from,
            To = to,
            Amount = Money.Of(amount, Currency),
            ExpiresIn = HeldFor,
        }, cancellation);

    /// <summary>Moves what was reserved, or a part of it; the rest is free again.</summary>
    public Task<Transfer> CaptureAsync(string id, string hold, decimal? amount,
        CancellationToken cancellation) =>
        ledger.CaptureAsync(new CaptureRequest
        {
            Id = id, Hold = hold, Amount = amount is { } part ? Money.Of(part, Currency) : null,
        }, cancellation);

    public Task<Hold> ReleaseAsync(string id, string hold, CancellationToken cancellation) =>
        ledger.VoidAsync(new VoidRequest { Id = id, Hold = hold }, cancellation);

    /// <summary>What is in a wallet, and how much of it can be spent; null when there is none.</summary>
    public async Task<Holding?> FindAsync(string wallet, CancellationToken cancellation)
    {
        var account = await ledger.GetAccountAsync(wallet, cancellationToken: cancellation);
        return account?.Balances.FirstOrDefault(each => each.Asset == Currency) is { } balance
            ? new Holding(wallet, balance.Balance.Value, balance.Available.Value) : null;
    }

    /// <summary>A page of what came and went, newest first.</summary>
    public async Task<Statement> ReadAsync(string wallet, string? after,
        CancellationToken cancellation)
    {
        var page = await ledger.ListEntriesAsync(
            wallet, new EntryQuery { Limit = 20, After = after }, cancellation);
        return new Statement([.. page.Items.Select(entry => new StatementLine(
            entry.Time, entry.Id, entry.Counterparty, entry.Amount.Value,
            entry.Balance.Value))], page.Next);
    }
}
