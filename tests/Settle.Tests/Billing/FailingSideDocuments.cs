using Settle.Stores;

namespace Settle.Tests.Invoicing;

/// <summary>Side documents that cannot be read, or that take no documents of invoices.</summary>
internal sealed class FailingSideDocuments(ISideDocuments inner) : ISideDocuments
{
    public bool CannotRead { get; set; }

    /// <summary>Whether it cannot be read now; null for what <see cref="CannotRead"/> says.</summary>
    public Func<bool>? IsAway { get; set; }

    public bool TakesNoInvoices { get; set; }

    public Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        TakesNoInvoices && documents.Any(document =>
            document.Id.StartsWith("invoice:", StringComparison.Ordinal))
            ? throw new StoreUnavailableException("away") : inner.CreateAsync(documents, cancellation);

    public Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation) =>
        inner.ClaimAsync(document, cancellation);

    public Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation) => inner.TryReplaceAsync(document, damaged, cancellation);

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation) =>
        IsAway?.Invoke() ?? CannotRead ? throw new StoreUnavailableException("away")
            : inner.GetAsync(id, cancellation);

    public Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        IsAway?.Invoke() ?? CannotRead ? throw new StoreUnavailableException("away")
            : inner.GetAllAsync(ids, cancellation);

    public IAsyncEnumerable<Document> ListAsync(string prefix, CancellationToken cancellation) =>
        inner.ListAsync(prefix, cancellation);

    public Task EraseAsync(string id, CancellationToken cancellation) =>
        inner.EraseAsync(id, cancellation);

    public Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        inner.FindAsync(ids, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
