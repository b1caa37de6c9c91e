using Settle.Stores;

namespace Settle.Tests.Invoicing;

/// <summary>A store and its side documents whose every call is a step of <see cref="Steps"/>.</summary>
internal sealed class StepStore(IStore inner, ISideDocuments sideDocuments, Steps steps) : IStore
{
    public string Location => inner.Location;

    public bool KeepsBytes => inner.KeepsBytes;

    public int BodyBytesMax => inner.BodyBytesMax;

    public ISideDocuments OpenSideDocuments(bool isReadOnly) => new StepSideDocuments(sideDocuments, steps);

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) => new(steps.TakeAsync(
            () => inner.CreateAsync(id, body, cancellation).AsTask(),
            () => new WriteOutcomeUnknownException(id)));

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) => new(steps.TakeAsync(
            () => inner.ReadAsync(idFrom, idTo, limit, cancellation).AsTask()));

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        new(steps.TakeAsync(() => inner.GetAsync(id, cancellation).AsTask()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
