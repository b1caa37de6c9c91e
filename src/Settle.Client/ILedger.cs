namespace Settle;

/// <summary>
/// A ledger, wherever it lives: in a file of this process or behind a server. All calls are safe to
/// use from many threads at once.
/// </summary>
/// <remarks>
/// A call that moves money throws <see cref="RejectedException"/> when the ledger says no (the
/// rejection is recorded under the id), <see cref="InvalidRequestException"/> when the request is
/// malformed (nothing is recorded), <see cref="StoreUnavailableException"/> when nothing was
/// decided, and <see cref="OutcomeUnknownException"/> when it may have been: ask again with the
/// same id.
/// </remarks>
public interface ILedger : IAsyncDisposable, IDisposable
{
    /// <summary>The ledger's name: <c>bank</c> for <c>bank.db</c>.</summary>
    string Name { get; }

    /// <summary>Charges, invoices and payments on this ledger.</summary>
    IBilling Billing { get; }

    /// <summary>The default asset, the assets in use, and the newest block.</summary>
    Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default);

    /// <summary>Sets the default asset. Repeating it with the same asset is harmless.</summary>
    /// <param name="asset">A currency of ISO 4217, or an asset of the ledger's own.</param>
    /// <param name="scale">How many decimals it has, 0 to 12; null for a currency.</param>
    /// <param name="cancellation">Gives up before it is sent.</param>
    Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellation = default);

    /// <summary>
    /// Declares an asset of the ledger's own, such as <c>points</c> with scale 0.
    /// </summary>
    Task<AssetInfo> DeclareAssetAsync(string asset, int scale,
        CancellationToken cancellation = default);

    /// <summary>
    /// Moves money; the simplest form. A null <paramref name="id"/> makes a new one.
    /// </summary>
    Task<Transfer> TransferAsync(string from, string to, Money amount, string? id = null,
        CancellationToken cancellation = default);

    /// <summary>Moves money.</summary>
    Task<Transfer> TransferAsync(TransferRequest request, CancellationToken cancellation = default);

    /// <summary>
    /// Decides each transfer by itself, in order. Rejections are verdicts here, not exceptions;
    /// one malformed transfer refuses the whole batch before anything happens.
    /// </summary>
    /// <returns>One verdict per request, in the same order.</returns>
    Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellation = default);

    /// <summary>Makes several postings under one id: all or nothing.</summary>
    Task<Transaction> TransactAsync(TransactionRequest request,
        CancellationToken cancellation = default);

    /// <summary>Reserves money until it is captured, voided or expired.</summary>
    Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default);

    /// <summary>Moves held money: all of it, or a part, which frees the rest.</summary>
    Task<Transfer> CaptureAsync(CaptureRequest request, CancellationToken cancellation = default);

    /// <summary>Frees held money.</summary>
    Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default);

    /// <summary>Makes the opposite of an earlier transfer or transaction, once.</summary>
    Task<Transaction> RevertAsync(RevertRequest request, CancellationToken cancellation = default);

    /// <summary>Opens an account or changes its terms; what is null stays as it is.</summary>
    Task<Account> OpenAccountAsync(AccountRequest request,
        CancellationToken cancellation = default);

    /// <summary>A transfer by its id; null when the ledger has not decided any such id.</summary>
    Task<Transfer?> GetTransferAsync(string id, CancellationToken cancellation = default);

    /// <summary>A hold by its id, with what became of it.</summary>
    Task<Hold?> GetHoldAsync(string id, CancellationToken cancellation = default);

    /// <summary>
    /// The chain's entry of any kind by its id, as canonical JSON with its block.
    /// </summary>
    Task<ChainEntry?> GetEntryAsync(string id, CancellationToken cancellation = default);

    /// <summary>Transfers, newest first, that match the query.</summary>
    Task<Page<Transfer>> ListTransfersAsync(TransferQuery query,
        CancellationToken cancellation = default);

    /// <summary>An account; null when it does not exist (at that time).</summary>
    Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellation = default);

    /// <summary>Accounts in the order of their names.</summary>
    Task<Page<Account>> ListAccountsAsync(PageQuery query,
        CancellationToken cancellation = default);

    /// <summary>An account's movements, newest first, each with the balance after it.</summary>
    Task<Page<AccountEntry>> ListEntriesAsync(string account, PageQuery query,
        CancellationToken cancellation = default);

    /// <summary>Every balance of every account, now or as of a height or time.</summary>
    Task<IReadOnlyList<Balance>> ListBalancesAsync(AsOf at = default,
        CancellationToken cancellation = default);

    /// <summary>Blocks as stored, canonical JSON, oldest first from a height on.</summary>
    Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellation = default);

    /// <summary>
    /// Every entry of the chain after a position, and then each new one as it is settled, without
    /// gaps.
    /// </summary>
    /// <param name="after">The position of the last entry seen; default for the beginning.</param>
    /// <param name="cancellation">Ends the enumeration.</param>
    /// <exception cref="ObjectDisposedException">The ledger was disposed meanwhile.</exception>
    /// <exception cref="StoreCorruptException">It has stopped for damage that it found.</exception>
    IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        CancellationToken cancellation = default);
}
