namespace Settle.Tests.Invoicing;

/// <summary>Counts the calls of a store and its side documents, and lets one of them fail.</summary>
internal sealed class Steps(int faulty = -1, StepFault fault = StepFault.DiesBefore)
{
    private int _count;
    private volatile bool _isDead;

    public int Count => _count;

    /// <summary>Whether the call that was to fail came.</summary>
    public bool HasFailed { get; private set; }

    public Task TakeAsync(Func<Task> call) => TakeAsync(async () =>
    {
        await call();
        return true;
    });

    /// <param name="call">The call.</param>
    /// <param name="lost">What is thrown when only the answer is lost; null: it cannot be.</param>
    public async Task<T> TakeAsync<T>(Func<Task<T>> call, Func<Exception>? lost = null)
    {
        if (_isDead) throw Gone();
        if (Interlocked.Increment(ref _count) - 1 != faulty) return await call();
        HasFailed = true;
        if (fault != StepFault.LosesTheAnswer) _isDead = true;
        if (fault != StepFault.DiesBefore) await call();
        throw fault == StepFault.LosesTheAnswer && lost is not null ? lost() : Gone();
    }

    private static StoreUnavailableException Gone() => new("the process is dead");
}
