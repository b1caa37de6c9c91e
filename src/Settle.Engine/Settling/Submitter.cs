using System.Collections.Concurrent;

namespace Settle.Settling;

/// <summary>
/// The way in to the settling loop: rents jobs, and answers with what was decided, so that nobody
/// has to read it back.
/// </summary>
/// <param name="settler">The loop.</param>
/// <param name="explain">Finds what an entry at a place was refused for.</param>
/// <param name="knowsAccount">Whether there is an account of this name.</param>
internal sealed class Submitter(Settler settler,
    Func<EntryLocation, Task<object?>> explain, Func<ReadOnlySpan<byte>, bool> knowsAccount)
{
    private const int PooledJobsMax = 8192;
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<Job> _jobs = [];

    public Func<ReadOnlySpan<byte>, bool> KnowsAccount => knowsAccount;

    /// <summary>
    /// A job from the pool; give it back with <see cref="Return"/> once it is answered.
    /// </summary>
    /// <param name="wait">How long it waits for other sites' money; null for what is usual.
    /// </param>
    /// <exception cref="InvalidRequestException">That is too long.</exception>
    public Job Rent(TimeSpan? wait = null)
    {
        if (wait < TimeSpan.Zero || wait > WaitMax)
            throw new InvalidRequestException("wait", "must be zero to a minute");
        if (!_jobs.TryDequeue(out var job)) job = NewJob();
        job.Wait = wait ?? Wait;
        return job;
    }

    /// <summary>A job for more requests than one.</summary>
    public Job NewJob(int requests = 1, int bytes = 256)
    {
        var job = new Job(requests, bytes);
        job.Batch.KnowsAccount = knowsAccount;
        return job;
    }

    public void Return(Job job)
    {
        job.Clear();
        if (_jobs.Count < PooledJobsMax) _jobs.Enqueue(job);
    }

    /// <summary>
    /// Whether what was short is told again: at one of several sites that depended on what it had
    /// read of the others.
    /// </summary>
    public Func<bool> ExplainsAgain { get; init; } = () => true;

    /// <summary>How long a request waits for money that other sites have.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Names this site in the ids that are made here; empty for the founder.</summary>
    public string IdTag { get; init; } = "";

    /// <summary>An id for a request whose caller gave none.</summary>
    public string NewId() => IdTag.Length == 0 ? NewIds.Next() : NewIds.Next() + IdTag;

    /// <summary>Settles requests that their caller put into a job.</summary>
    public async ValueTask SettleAsync(Job job)
    {
        await settler.SettleAsync(job).ConfigureAwait(false);
        await ExplainAsync(job).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds what requests were refused for before: the answer is the same as then.
    /// </summary>
    public async ValueTask ExplainAsync(Job job)
    {
        for (var i = 0; i < job.Batch.Count; i++)
        {
            if (!ExplainsAgain() || job.Verdicts[i] is not
                {
                    Refusal: RefusalCode.InsufficientFunds or RefusalCode.UnknownAccount
                        or RefusalCode.AccountClosed or RefusalCode.LimitExceeded
                        or RefusalCode.ExceedsTransfer,
                    Replayed: true,
                    Detail: null,
                })
                continue;
            var detail = await DecidedAsync(job.Batch.Text(job.Batch[i].Id),
                () => explain(job.Batch[i].Prior)).ConfigureAwait(false);
            job.Verdicts[i] = job.Verdicts[i] with { Detail = detail };
        }
    }

    /// <summary>Settles one request; a refusal is an exception.</summary>
    /// <param name="fill">Puts the request, checked, into a batch.</param>
    /// <param name="answer">
    /// Makes the answer of the job. What it reads from elsewhere may be away: then the outcome is
    /// unknown to the caller, although something was decided.
    /// </param>
    /// <param name="cancellation">Gives up before anything is asked.</param>
    /// <param name="begun">
    /// A job with the request, checked, which only has to be completed; null for an empty one.
    /// </param>
    /// <param name="committed">
    /// Sees what the decision's block left, while the state's lock is held; not called for a
    /// request that was decided before.
    /// </param>
    public async Task<T> SettleAsync<T>(Action<RequestBatch> fill,
        Func<Job, ValueTask<T>> answer, CancellationToken cancellation, Job? begun = null,
        Action<Job>? committed = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var job = begun ?? Rent();
        if (committed is not null) job.Committed = _ => committed(job);
        fill(job.Batch);
        await settler.SettleAsync(job).ConfigureAwait(false);
        await ExplainAsync(job).ConfigureAwait(false);
        Conclude(job);
        var answered = answer(job);
        var result = answered.IsCompletedSuccessfully ? answered.Result
            : await DecidedAsync(job.Batch.Text(job.Batch[0].Id), answered.AsTask)
                .ConfigureAwait(false);
        Return(job);
        return result;
    }

    /// <summary>The verdict on a job's one request; a refusal is an exception.</summary>
    public static Verdict Conclude(Job job)
    {
        var verdict = job.Verdicts[0];
        if (verdict.IsSuccessful) return verdict;
        var id = job.Batch.Text(job.Batch[0].Id);
        throw verdict.Refusal switch
        {
            RefusalCode.IdReused =>
                new IdReusedException(id, job.DifferingField ?? "content", verdict.Block),
            RefusalCode.NotConfirmed when verdict.Detail is DecidedAt waited =>
                new RejectedException(verdict.Refusal, id, 0, false, $"site {waited.Site} has not "
                    + "said yet that it follows the lost site no further: sync with it and try "
                    + "again, or suspend it too"),
            _ => RejectedException.For(verdict, id, verdict.Replayed,
                RefusalWords.Of(
                verdict.Refusal, job.Batch, job.Batch[0], isNew: !verdict.Replayed)),
        };
    }

    /// <summary>
    /// Does what follows a decision. That it cannot be done does not mean that nothing was decided.
    /// </summary>
    public static async Task<T> DecidedAsync<T>(string id, Func<Task<T>> follow)
    {
        try
        {
            return await follow().ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            throw new OutcomeUnknownException(id,
                $"it was decided, but not all could be read: {e.Message}; send the same id again",
                e);
        }
    }
}
