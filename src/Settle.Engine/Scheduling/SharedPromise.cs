namespace Settle.Scheduling;

/// <summary>
/// One outcome for any number who wait for it. Each gets a promise of its own: those who share a
/// task go on on threads of the pool, whatever its options say.
/// </summary>
/// <param name="options">How each promise is made; see <see cref="Scheduler.Promise"/>.</param>
internal sealed class SharedPromise(TaskCreationOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private bool _isOver;
    private Exception? _error;

    /// <summary>Waits for the outcome, which may be there already.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_isOver) return _error is null ? Task.CompletedTask : Task.FromException(_error);
            var mine = new TaskCompletionSource(options);
            _waiting.Add(mine);
            return mine.Task;
        }
    }

    public void SetResult() => End(null);

    public void SetException(Exception error) => End(error);

    private void End(Exception? error)
    {
        lock (_gate) (_isOver, _error) = (true, error);
        foreach (var each in _waiting)
        {
            if (error is null) each.SetResult();
            else each.SetException(error);
        }
    }
}
