using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Settle.Settling;

/// <summary>
/// Requests of one caller, settled in order and answered together once the last of them is durable.
/// Reusable: a caller that keeps its jobs allocates nothing.
/// </summary>
internal sealed class Job : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _completion;
    private RecalledEntry?[]? _priors;

    public Job(int requests = 1, int bytes = 256)
    {
        Batch = new RequestBatch(requests, bytes);
        Verdicts = new Verdict[requests];
    }

    public RequestBatch Batch { get; }

    /// <summary>One per request, valid once the job is answered.</summary>
    public Verdict[] Verdicts { get; private set; }

    /// <summary>The field in which the last <c>id_reused</c> differed.</summary>
    public string? DifferingField { get; set; }

    /// <summary>Whose trace it belongs to, where traces are wanted.</summary>
    public ActivityContext Caller { get; private set; }

    /// <summary>What the last request ended: a hold, a charge or a subscription.</summary>
    public RecalledEntry? Ended { get; set; }

    /// <summary>
    /// Whether it is only asked what would be decided. Only a job of one request is.
    /// </summary>
    public bool IsDryRun { get; set; }

    /// <summary>What a dry run would do to each account; null for a refusal.</summary>
    public IReadOnlyList<BalanceChange>? Changes { get; set; }

    /// <summary>
    /// Whether <see cref="Entry"/> is asked for of requests that were decided before. A large batch
    /// that is sent again would keep as many entries.
    /// </summary>
    public bool KeepsRepeats { get => field || Batch.Count == 1; init; }

    /// <summary>
    /// Whether it has been completed or failed. A job that failed is not to be used again.
    /// </summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Whether a block with some of its requests may be on the chain, although its height was not
    /// won. Until they are answered, nobody may say that nothing was decided.
    /// </summary>
    public bool IsInDoubt { get; set; }

    /// <summary>
    /// How long it waits at one of several sites for money of others; only a job of one request
    /// does.
    /// </summary>
    public TimeSpan Wait { get; set; }

    /// <summary>
    /// Sees what the block of a decision left, before a later one is applied: told the index of
    /// each request that was decided anew, while the state's lock is held. Null for nobody.
    /// </summary>
    public Action<int>? Committed { get; set; }

    /// <summary>Since when it waits for other sites, by the clock's measure; 0 for not.</summary>
    public long WaitingSince { get; set; }

    /// <summary>How many requests have a durable verdict.</summary>
    private int Answered { get; set; }

    /// <summary>
    /// What a request was decided as, by this job or before it; valid once the job is answered and
    /// until it is cleared.
    /// </summary>
    public RecalledEntry Entry(int index = 0) => Verdicts[index].Replayed
        ? _priors![index]!
        : new RecalledEntry(Batch, Verdicts[index].Block) { Index = index };

    /// <summary>Notes the entry that repeats were answered with.</summary>
    internal void Repeat(int index, RecalledEntry prior)
    {
        if (_priors is null || _priors.Length < Batch.Count)
            Array.Resize(ref _priors, Batch.Count);
        _priors[index] = prior;
    }

    public void Clear()
    {
        Batch.Clear();
        (DifferingField, Ended, Committed, _priors) = (null, null, null, null);
        (Wait, IsDryRun, Changes) = (TimeSpan.Zero, false, null);
    }

    internal ValueTask Start(bool answersInline)
    {
        if (Verdicts.Length < Batch.Count) Verdicts = new Verdict[Batch.Count];
        (IsOver, IsInDoubt, Answered, WaitingSince) = (false, false, 0, 0);
        Caller = Telemetry.Caller;
        _completion.Reset();
        _completion.RunContinuationsAsynchronously = !answersInline;
        return new ValueTask(this, _completion.Version);
    }

    /// <summary>The block of some requests is durable. The caller holds the state's lock.
    /// </summary>
    internal void Commit(int first, int count)
    {
        if (Committed is not { } committed) return;
        for (var i = first; i < first + count; i++)
            if (Verdicts[i] is { IsSuccessful: true, Replayed: false }) committed(i);
    }

    /// <summary>Some requests have their verdict; the last ones complete the job.</summary>
    internal void Answer(int count)
    {
        Answered += count;
        if (IsOver || Answered < Batch.Count) return;
        IsOver = true;
        _completion.SetResult(true);
    }

    internal void Fail(Exception error)
    {
        if (IsOver) return;
        IsOver = true;
        _completion.SetException(
            Answered > 0 || (IsInDoubt && error is not StoreCorruptException)
                || error is OutcomeUnknownException
                ? Unknown(error) : error);
    }

    // Names the ids to ask with: any of them may have been decided.
    private OutcomeUnknownException Unknown(Exception cause)
    {
        var ids = Enumerable.Range(0, Batch.Count).Select(i => Batch.Text(Batch[i].Id)).ToArray();
        var message = Answered == 0 ? cause.Message : $"a part was decided, then: {cause.Message}";
        return new OutcomeUnknownException(ids[0], message, cause) { Ids = ids };
    }

    void IValueTaskSource.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) =>
            _completion.OnCompleted(continuation, state, token, flags);
}
