using Settle.Billing;
using Settle.Stores;

namespace Settle.Tests.Invoicing;

/// <summary>Papers whose every call is a step.</summary>
internal sealed class StepPapers(IPapers inner, Steps steps) : IPapers
{
    public Task CreateAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.CreateAsync(documents, cancellation));

    public Task<ReadOnlyMemory<byte>> ClaimAsync(
        Document document, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.ClaimAsync(document, cancellation));

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.GetAsync(id, cancellation));

    public IAsyncEnumerable<Document> ListAsync(string prefix, CancellationToken cancellation) =>
        inner.ListAsync(prefix, cancellation);

    public Task EraseAsync(string id, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.EraseAsync(id, cancellation));

    public Task<long> ReadPlaceAsync(CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.ReadPlaceAsync(cancellation));

    public Task WritePlaceAsync(long place, CancellationToken cancellation) =>
        steps.TakeAsync(() => inner.WritePlaceAsync(place, cancellation));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
