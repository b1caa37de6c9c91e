using Settle.Chains;
using Settle.Sites;

namespace Settle.Settling;

/// <summary>
/// What waits at a site for money that lies at others: the requests whose callers still listen, and
/// those whose callers were told to come again and should then find what was asked for.
/// </summary>
internal sealed class SiteWaiting(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (WaitingHere What, long Since)> _wanted =
        new(StringComparer.Ordinal);

    private readonly HashSet<Shared> _asked = [];
    private List<JobPart> _parked = [];

    /// <summary>Whether somebody listens.</summary>
    public bool HasParked => _parked.Count > 0;

    /// <summary>How many listen.</summary>
    public int Count => _parked.Count;

    /// <summary>Until the first of those who listen has waited long enough.</summary>
    public TimeSpan Rest
    {
        get
        {
            var rest = TimeSpan.MaxValue;
            foreach (var part in _parked)
            {
                var left = part.Job.Wait - clock.GetElapsedTime(part.Job.WaitingSince);
                if (left < rest) rest = left;
            }
            return rest < TimeSpan.Zero ? TimeSpan.Zero : rest;
        }
    }

    /// <summary>What is wanted here; what was not asked for again is forgotten.</summary>
    public List<WaitingHere> Wanted()
    {
        foreach (var (id, (_, since)) in _wanted)
            if (clock.GetElapsedTime(since) > Remembered) _wanted.Remove(id);
        return [.. _wanted.Values.Select(wanted => wanted.What)];
    }

    /// <summary>Whether this process has asked for something.</summary>
    public bool HasAsked(Shared what) => _asked.Contains(what);

    /// <summary>What a request needs, if it has been decided before.</summary>
    public IReadOnlyList<Need>? NeedsOf(string id) =>
        _wanted.TryGetValue(id, out var wanted) ? wanted.What.Needs : null;

    /// <summary>A request needs what is at other sites.</summary>
    /// <returns>Whether its caller waits for it.</returns>
    public bool Want(WaitingRequest request, IReadOnlyList<Need> needs)
    {
        var (job, id) = (request.Job, request.Job.Batch.Text(request.Request.Id));
        _wanted[id] = (new WaitingHere(id, needs), clock.GetTimestamp());
        if (job.Batch.Count > 1 || job.Wait <= TimeSpan.Zero) return false;
        if (job.WaitingSince == 0) job.WaitingSince = clock.GetTimestamp();
        if (clock.GetElapsedTime(job.WaitingSince) >= job.Wait) return false;
        _parked.Add(new JobPart(job, request.Index, 1));
        return true;
    }

    /// <summary>A request was decided.</summary>
    public void Forget(RequestBatch batch, in Request request)
    {
        if (_wanted.Count > 0) _wanted.Remove(batch.Text(request.Id));
    }

    /// <summary>This process asks for something, or withdraws it.</summary>
    public void Note(Shared what, long amount)
    {
        if (amount == 0) _asked.Remove(what);
        else _asked.Add(what);
    }

    /// <summary>Whoever listens is decided again, before everybody else.</summary>
    public void PutBack(WaitingJobs waiting)
    {
        waiting.PutBack(_parked);
        _parked = [];
    }

    /// <summary>Nobody is answered any more.</summary>
    public void Fail(Exception error)
    {
        _parked.ForEach(part => part.Job.Fail(error));
        _parked = [];
    }
}
