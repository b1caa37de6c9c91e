namespace Settle;

/// <summary>
/// A ledger, wherever it is stored: in a file of this process, in a database or behind a server.
/// All members are thread-safe.
/// </summary>
/// <remarks>
/// A call that moves money throws <see cref="RejectedException"/> if the ledger says no (the
/// refusal is recorded under the id), <see cref="InvalidRequestException"/> if the request is
/// malformed (nothing is recorded), <see cref="StoreUnavailableException"/> if nothing was
/// decided, and <see cref="OutcomeUnknownException"/> if it may have been: call again with the
/// same id.
/// <para>
/// The answer of a call that changes something is made of the entry that was decided; nothing is
/// read to make it. A repeated id is answered with the entry that was decided the first time, and
/// says so (<c>Replayed</c>); what has become of that since, such as the state of a hold, the
/// invoice of a charge or the end of a subscription, is what reading it gives now. An account is
/// answered as the block with the entry left it.
/// </para>
/// </remarks>
public interface ILedger : IAsyncDisposable, IDisposable
{
    /// <summary>The ledger's name: <c>bank</c> for <c>bank.db</c>.</summary>
    string Name { get; }

    /// <summary>Charges, invoices and payments on this ledger.</summary>
    IBilling Billing { get; }

    /// <summary>The ledger's sites: places that accept transfers at once.</summary>
    ISites Sites { get; }

    /// <summary>Reports that add up what the ledger has.</summary>
    IReports Reports { get; }

    /// <summary>Gets the default asset, the assets in use, and the newest block.</summary>
    Task<LedgerInfo> GetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets the default asset. Repeating it with the same asset is harmless.</summary>
    /// <param name="asset">A currency of ISO 4217, or an asset of the ledger's own.</param>
    /// <param name="scale">How many decimals it has, 0 to 12; null for a currency.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the default asset and the terms of the ledger. What is so already changes nothing.
    /// </summary>
    /// <exception cref="RejectedException">The ledger has another default asset.</exception>
    Task<LedgerInfo> InitializeAsync(LedgerRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Declares an asset of the ledger's own, such as <c>points</c> with scale 0.
    /// </summary>
    Task<AssetInfo> DeclareAssetAsync(string asset, int scale,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves money; the simplest form. If <paramref name="id"/> is null, a new id is made.
    /// </summary>
    Task<Transfer> TransferAsync(string from, string to, Money amount, string? id = null,
        CancellationToken cancellationToken = default);

    /// <summary>Moves money.</summary>
    Task<Transfer> TransferAsync(TransferRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides each transfer separately, in order. Here refusals are verdicts, not exceptions. A
    /// malformed transfer refuses the whole batch before anything happens.
    /// </summary>
    /// <returns>One verdict per request, in the same order.</returns>
    Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellationToken = default);

    /// <summary>Makes several postings under one id, all or nothing.</summary>
    Task<Transaction> TransactAsync(TransactionRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Reserves money until the hold is captured, voided or expires.</summary>
    Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellationToken = default);

    /// <summary>Moves held money: all of it, or a part, and frees the rest.</summary>
    Task<Transfer> CaptureAsync(CaptureRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Frees held money.</summary>
    Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reverses an earlier transfer or transaction, or a part of a transfer: in sum, once.
    /// </summary>
    Task<Transaction> RevertAsync(RevertRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Opens an account or changes its terms. Null members keep their values.</summary>
    /// <returns>
    /// The account as the block with the entry left it; as it is now if the request named no id and
    /// nothing but what was so already, which decides nothing.
    /// </returns>
    Task<Account> PutAccountAsync(AccountRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a transfer by its id; null if that id was never decided.</summary>
    Task<Transfer?> GetTransferAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets a hold by its id, with its state; null if there is none.</summary>
    Task<Hold?> GetHoldAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gets an entry of any kind by its id, as canonical JSON, with its block; null if that id was
    /// never decided.
    /// </summary>
    Task<ChainEntry?> GetEntryAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the transfers that match the query, newest first.</summary>
    Task<Page<Transfer>> ListTransfersAsync(TransferQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the open holds that match the query, in the order in which they end; those that never
    /// do come last.
    /// </summary>
    Task<Page<Hold>> ListHoldsAsync(HoldQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Gets an account as it is or was, with the terms of that moment; null if it did not exist.
    /// </summary>
    Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellationToken = default);

    /// <summary>Lists accounts, ordered by name.</summary>
    Task<Page<Account>> ListAccountsAsync(PageQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Lists the accounts that match the query, in its order.</summary>
    Task<Page<Account>> ListAccountsAsync(AccountQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads what an account had at the end of days or months, by value date; null if it does not
    /// exist.
    /// </summary>
    /// <exception cref="InvalidRequestException">There would be more than 400 points.</exception>
    Task<AccountPoints?> GetPointsAsync(string account, PointQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for an id, a number, or words: in the names of accounts and customers, in numbers of
    /// invoices, quotes and reminders, and in memos. In large ledgers only the newest are looked
    /// at, as <see cref="SearchResult.IsComplete"/> tells.
    /// </summary>
    Task<SearchResult> SearchAsync(SearchQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists an account's movements in the order of the chain, newest first, with the balance after
    /// each.
    /// </summary>
    Task<Page<AccountEntry>> ListEntriesAsync(string account, EntryQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the balances of all accounts, ordered by name, now or as of a height or time. Assets
    /// that an account had not used by then are left out.
    /// </summary>
    Task<Page<Balance>> ListBalancesAsync(BalanceQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Reads blocks as canonical JSON, oldest first, from a height on.</summary>
    Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams every entry of the chain after a position, and then each new one as it is settled,
    /// without gaps. Between them, a hold that expires is an event of type <c>expiry</c>: it has
    /// the position of the entry before it, the time of the expiry, and may come again after a
    /// stream was resumed.
    /// </summary>
    /// <param name="after">The position of the last entry seen; default for the beginning.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="ObjectDisposedException">The ledger was disposed meanwhile.</exception>
    /// <exception cref="StoreCorruptException">The ledger stopped because of damage.</exception>
    IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        CancellationToken cancellationToken = default);
}
