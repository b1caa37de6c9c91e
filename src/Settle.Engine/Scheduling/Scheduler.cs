namespace Settle.Scheduling;

/// <summary>
/// Who runs a ledger's work: the machine's threads; or, in a simulation, the one thread that
/// decides what happens next. One for each ledger.
/// </summary>
internal class Scheduler : IDisposable
{
    private readonly Lazy<WorkThread> _writing = new(() => new WorkThread("settle write"));

    /// <summary>
    /// Whether who waits for an answer goes on at once, on the thread that gives it.
    /// </summary>
    public virtual bool AnswersInline => false;

    /// <summary>How a promise is made whose answer somebody waits for.</summary>
    public TaskCreationOptions Promise => AnswersInline
        ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>
    /// A write that takes longer is worth waiting for those who could be in the next one.
    /// </summary>
    public virtual TimeSpan LongWrite => TimeSpan.FromMilliseconds(2);

    /// <summary>Runs a loop beside everything else.</summary>
    public virtual Task StartAsync(Func<Task> loop) => Task.Run(loop, CancellationToken.None);

    /// <summary>Tells a loop to end; what hears of it runs elsewhere.</summary>
    public virtual Task CancelAsync(CancellationTokenSource end) => end.CancelAsync();

    /// <summary>Runs a large write beside the loop, after those that were given before.</summary>
    public virtual Task<T> WriteAsync<T>(Func<Task<T>> write) =>
        _writing.Value.RunAsync(write).Unwrap();

    /// <summary>
    /// Writes the index beside the loop, on a thread of its own: a pool of few threads has others
    /// waiting for it.
    /// </summary>
    public virtual Task KeepAsync(Func<Task> write) => Task.Factory.StartNew(write,
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>
    /// A point between two steps of writing the index: what lies in its folder then is what the
    /// next process may find.
    /// </summary>
    public virtual ValueTask StepAsync() => default;

    /// <summary>A point at which others may go first.</summary>
    public virtual ValueTask PauseAsync() => default;

    /// <summary>
    /// A name for a writer, unique per process start: two writers never make the same block.
    /// </summary>
    public virtual string NewWriterId() => Guid.CreateVersion7().ToString("N");

    /// <summary>Bytes that nobody can guess.</summary>
    public virtual byte[] NewSalt(int bytes) =>
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes);

    public void Dispose()
    {
        if (_writing.IsValueCreated) _writing.Value.Dispose();
    }
}
