using Settle.Stores;

namespace Settle.Tests.Invoicing;

/// <summary>Side documents whose every call is a step.</summary>
internal sealed class StepSideDocuments(ISideDocuments inner, Steps steps) : ISideDocuments
{
    public Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.CreateAsync(documents, cancellation));

    public Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.ClaimAsync(document, cancellation));

    public Task<bool> TryReplaceAsync(Document document, ReadOnlyMemory<byte> damaged,
        CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.TryReplaceAsync(document, damaged, cancellation));

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.GetAsync(id, cancellation));

    public Task<Dictionary<string, ReadOnlyMemory<byte>>> GetAllAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.GetAllAsync(ids, cancellation));

    public IAsyncEnumerable<Document> ListAsync(string prefix, CancellationToken cancellation) =>
        inner.ListAsync(prefix, cancellation);

    public Task EraseAsync(string id, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.EraseAsync(id, cancellation));

    public Task<HashSet<string>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.FindAsync(ids, cancellation));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
