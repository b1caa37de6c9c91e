using System.Collections.Concurrent;

namespace Settle.Scheduling;

/// <summary>
/// A thread of its own for one kind of work, done in the order in which it was given: work that
/// should neither wait for the few threads of the pool nor keep them from others.
/// </summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public WorkThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Does something after everything that was given before.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var answer =
            new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                answer.SetResult(work());
            }
            catch (Exception error)
            {
                answer.SetException(error);
            }
        });
        return answer.Task;
    }

    /// <summary>Does what was given and ends.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
