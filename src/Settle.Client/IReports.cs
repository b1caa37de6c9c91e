namespace Settle;

/// <summary>Reports on a ledger, in one asset each. They add up what the chain has.</summary>
public interface IReports
{
    /// <summary>
    /// Adds up all accounts, by the first part of their names: what is in each, and that all of it
    /// comes to nothing.
    /// </summary>
    /// <param name="on">By value date at the end of this day; null for now.</param>
    /// <param name="asset">The asset; null for the ledger's default.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="InvalidRequestException">The asset is not in use here.</exception>
    Task<TrialBalance> GetTrialBalanceAsync(DateOnly? on = null, string? asset = null,
        CancellationToken cancellationToken = default);

    /// <summary>Tells what billing earned and gave up in some days, by value date.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="asset">The asset; null for the ledger's default.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="InvalidRequestException">The asset is not in use here.</exception>
    Task<ProfitAndLoss> GetProfitAndLossAsync(DateOnly from, DateOnly to, string? asset = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells who owes what, and for how long it has been due, as of today in the seller's zone.
    /// What is dated later counts as not due yet.
    /// </summary>
    /// <param name="asset">The asset; null for the ledger's default.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="InvalidRequestException">The asset is not in use here.</exception>
    Task<AgeingReport> GetAgeingAsync(string? asset = null,
        CancellationToken cancellationToken = default);

    /// <summary>Tells what tax each month brought, by value date: what is owed to the tax office.
    /// </summary>
    /// <param name="from">A day of the first month; 30 years before the last at most.</param>
    /// <param name="to">A day of the last month.</param>
    /// <param name="asset">The asset; null for the ledger's default.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="InvalidRequestException">The asset is not in use here.</exception>
    Task<VatReport> GetVatAsync(DateOnly from, DateOnly to, string? asset = null,
        CancellationToken cancellationToken = default);
}
