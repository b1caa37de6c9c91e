namespace Settle;

/// <summary>
/// The sites of a ledger: several places that accept transfers at once, each from its own part of
/// every account. A ledger that nobody has joined has one.
/// </summary>
/// <remarks>
/// A change that the ledger refuses is a <see cref="RejectedException"/>. The founder decides about
/// sites; at another site a change is a <see cref="NotHereException"/>.
/// </remarks>
public interface ISites : IChains
{
    /// <summary>
    /// Lists all sites that were ever added, the founder first; none where the ledger has one.
    /// </summary>
    Task<IReadOnlyList<Site>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets a site join.</summary>
    /// <returns>The site.</returns>
    /// <exception cref="InvalidRequestException">
    /// The ledger's store cannot hold other sites' blocks.
    /// </exception>
    Task<Site> AddAsync(SiteRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Declares a site lost: whoever reads this follows it only as far as others have. This cannot
    /// be undone.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="id">The id of this request; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    Task<Site> SuspendAsync(
        string site, string? id = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a suspended site for good: the founder takes over what it had. All other sites must
    /// have read that it is suspended.
    /// </summary>
    /// <inheritdoc cref="SuspendAsync"/>
    Task<Site> EndAsync(
        string site, string? id = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the last block of the site that is asked: the founder takes over what it has, once it
    /// has read that.
    /// </summary>
    /// <param name="id">The id of this request; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    Task<Site> RetireAsync(string? id = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Grants a site as much of an account, from the part of the site that is asked, as it lacks of
    /// an amount; a standing allowance keeps it at that amount from then on.
    /// </summary>
    /// <exception cref="InsufficientFundsException">
    /// This site's part is too small; what stands is granted as far as it goes.
    /// </exception>
    /// <exception cref="NotHereException">
    /// What stands is set by another site, the account's home.
    /// </exception>
    Task<Allowance> AllowAsync(
        AllowanceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of what a site is kept at, in order of the accounts' names.</summary>
    /// <param name="site">The site.</param>
    /// <param name="query">Which page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">There is no such site.</exception>
    Task<Page<StandingAllowance>> ListAllowancesAsync(
        string site, PageQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists a page of what ended sites decided after their end, as far as their blocks are here,
    /// site by site, oldest first. A page may be short, or empty, and not the last.
    /// </summary>
    /// <param name="query">Which page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Page<Orphan>> ListOrphansAsync(
        PageQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists what ended sites decided after their end, as far as their blocks are here.
    /// </summary>
    async Task<IReadOnlyList<Orphan>> ListOrphansAsync(
        CancellationToken cancellationToken = default)
    {
        var all = new List<Orphan>();
        await foreach (var orphan in Pages.AllAsync((after, stop) => ListOrphansAsync(
            new PageQuery { Limit = Pages.LimitMax, After = after }, stop), cancellationToken)
            .ConfigureAwait(false))
            all.Add(orphan);
        return all;
    }
}
