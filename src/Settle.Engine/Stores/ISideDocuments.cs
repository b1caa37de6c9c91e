
namespace Settle.Stores;

/// <summary>
/// Documents beside the chain: names and addresses, which must be erasable, and issued invoices
/// with their own copy of them, what was sent, and what runs were asked for. No entry depends on
/// any of it.
/// </summary>
internal interface ISideDocuments : IAsyncDisposable
{
    /// <summary>
    /// Creates documents, durably; those whose ids exist stay as they are.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Some may be missing.</exception>
    Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation);

    /// <summary>
    /// Creates one document, durably, unless there is one. Of any number that race for one id the
    /// same one stays for all of them.
    /// </summary>
    /// <returns>The body that stays.</returns>
    /// <exception cref="StoreUnavailableException">It may be there now.</exception>
    /// <exception cref="OutcomeUnknownException">It may be there now, or come later.</exception>
    Task<ReadOnlyMemory<byte>> ClaimAsync(Document document, CancellationToken cancellation);

    /// <summary>
    /// Puts a document in the place of one that is damaged, durably, if that is still as it was.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="damaged">The body that is there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// Whether it was; false too where nothing is ever replaced, as in a database.
    /// </returns>
    /// <exception cref="StoreUnavailableException">It may be there now.</exception>
    Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation);

    /// <summary>One document; null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation);

    /// <summary>The bodies of some documents; what is not there is left out.</summary>
    Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>All documents whose ids begin so, in pages.</summary>
    IAsyncEnumerable<Document> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Erases a document for ever; repeating it is harmless.</summary>
    Task EraseAsync(string id, CancellationToken cancellation);

    /// <summary>Which of these are there, or were until somebody deleted them.</summary>
    Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation);
}
