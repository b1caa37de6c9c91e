using System.Collections.Concurrent;

namespace Settle.Settling;

/// <summary>
/// The jobs that wait for a block: new ones in the order of their arrival, and before them the
/// parts that have to be decided again. Many threads add, the settling loop takes.
/// </summary>
internal sealed class WaitingJobs
{
    private readonly ConcurrentQueue<Job> _new = new();
    private readonly LinkedList<JobPart> _again = new();

    public bool Any => _again.Count > 0 || !_new.IsEmpty;

    public int Count => _new.Count;

    /// <summary>Whether a block before had no room for all, or has to be decided again.</summary>
    public bool HasRest => _again.Count > 0;

    public void Add(Job job) => _new.Enqueue(job);

    /// <summary>The next part that waits; false when nothing does.</summary>
    public bool TryTake(out JobPart part)
    {
        while (_again.First is { } first)
        {
            _again.RemoveFirst();
            part = first.Value;
            if (!part.Job.IsOver) return true;
        }
        if (_new.TryDequeue(out var job))
        {
            part = new JobPart(job, 0, job.Batch.Count);
            return true;
        }
        part = default;
        return false;
    }

    /// <summary>Puts back what was taken last.</summary>
    public void PutBack(JobPart part) => _again.AddFirst(part);

    /// <summary>Puts back all parts of a block, in their order, before everything else.</summary>
    public void PutBack(List<JobPart> parts)
    {
        for (var i = parts.Count - 1; i >= 0; i--) _again.AddFirst(parts[i]);
    }

    /// <summary>Fails everything that waits.</summary>
    public void Fail(Exception error)
    {
        while (TryTake(out var part)) part.Job.Fail(error);
    }
}
