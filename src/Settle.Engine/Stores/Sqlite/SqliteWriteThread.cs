using System.Collections.Concurrent;

namespace Settle.Stores.Sqlite;

/// <summary>Writes large documents while their author prepares the next.</summary>
internal sealed class SqliteWriteThread : IDisposable
{
    private readonly BlockingCollection<Job> jobs = [];
    private readonly SqliteWriter writer;
    private readonly Thread thread;

    public SqliteWriteThread(SqliteWriter writer)
    {
        this.writer = writer;
        thread = new Thread(Run) { IsBackground = true, Name = "settle store" };
        thread.Start();
    }

    public Task<CreateOutcome> CreateAsync(string id, ReadOnlyMemory<byte> body)
    {
        var job = new Job(id, body);
        jobs.Add(job);
        return job.Answer.Task;
    }

    /// <summary>Writes what was handed in and ends.</summary>
    public void Dispose()
    {
        jobs.CompleteAdding();
        thread.Join();
        jobs.Dispose();
    }

    private void Run()
    {
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            try
            {
                job.Answer.SetResult(writer.Create(job.Id, job.Body.Span));
            }
            catch (Exception error)
            {
                job.Answer.SetException(error);
            }
        }
    }

    private sealed record Job(string Id, ReadOnlyMemory<byte> Body)
    {
        public TaskCompletionSource<CreateOutcome> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
