using Settle.Stores;

namespace Settle.Simulation;

/// <summary>
/// One machine's way to the disk. What is on its way when the machine dies arrives or does not.
/// </summary>
internal sealed class SimulatedStore(
    Timeline timeline, Machine owner, Disk disk, FaultRates faults) : IStore
{
    private const long TimeoutMicroseconds = 1_000_000;

    private readonly Dice _dice = timeline.Dice;

    // A store does not take back what it has shown to somebody.
    private int _seen;

    public string Location => "simulation";

    public bool KeepsBytes => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<CreateOutcome>();
        if (disk.IsFull || faults.Happens(Faults.Unavailable, _dice))
        {
            var why = disk.IsFull ? "the disk is full" : "the store is away";
            Say($"create {id}: {why}");
            Answer(() => answer.SetException(new StoreUnavailableException(why)));
        }
        else if (faults.Happens(Faults.LostRequest, _dice))
        {
            Say($"create {id}: the request is lost");
            LoseAnswer(id, answer);
        }
        else if (faults.Happens(Faults.LateLanding, _dice))
        {
            Land(id, body.ToArray(), TimeoutMicroseconds + Delay() + _dice.Below(500_000));
            LoseAnswer(id, answer);
        }
        else
        {
            Send(id, body, answer);
        }
        return new(answer.Task);
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) =>
        LookAsync(seen => disk.Read(idFrom, idTo, limit, seen));

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        LookAsync(seen => disk.Get(id, seen));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Send(
        string id, ReadOnlyMemory<byte> body, TaskCompletionSource<CreateOutcome> answer)
    {
        var isTwice = faults.Happens(Faults.Duplicate, _dice);
        if (isTwice) Land(id, body.ToArray(), Delay() + _dice.Below(20_000));
        var losesAnswer = faults.Happens(Faults.LostAnswer, _dice);
        var arrivesAnyway = _dice.Chance(500);
        // Who dies while it writes leaves what it had sent.
        var sent = faults.CanHappen(Faults.Crash) ? body.ToArray() : body;
        Carry(Delay(), () =>
        {
            if (!owner.IsAlive && !arrivesAnyway) return;
            var outcome = disk.Create(id, owner.IsAlive ? body : sent);
            Say($"create {id}: {outcome}{(losesAnswer ? ", but the answer is lost" : "")}");
            if (faults.Happens(Faults.Crash, _dice)) owner.Die();
            if (losesAnswer) LoseAnswer(id, answer);
            else Answer(() => Tell(answer, outcome));
        });
    }

    // What somebody was told to exist, they can read.
    private void Tell(TaskCompletionSource<CreateOutcome> answer, CreateOutcome outcome)
    {
        _seen = disk.Count;
        answer.SetResult(outcome);
    }

    private void Land(string id, byte[] body, long delay) => Carry(delay, () =>
    {
        var outcome = disk.Create(id, body);
        Say($"create {id}: {outcome}, sent earlier");
    });

    private void Carry(long delay, Action arrive)
    {
        timeline.Expect(delay);
        timeline.After(delay, null, arrive);
    }

    private void LoseAnswer(string id, TaskCompletionSource<CreateOutcome> answer) =>
        timeline.After(TimeoutMicroseconds, owner,
            () => answer.SetException(new WriteOutcomeUnknownException(id)));

    private ValueTask<T> LookAsync<T>(Func<int, T> look)
    {
        var answer = new TaskCompletionSource<T>();
        if (faults.Happens(Faults.ReadError, _dice))
        {
            Say("read: the store is away");
            Answer(() => answer.SetException(new StoreUnavailableException("the store is away")));
        }
        else
        {
            timeline.After(Delay(), owner, () =>
            {
                var lag = faults.Happens(Faults.StaleRead, _dice) ? 1 + _dice.Below(3) : 0;
                _seen = int.Max(_seen, disk.Count - lag);
                var found = look(_seen);
                Answer(() => answer.SetResult(found));
            });
        }
        return new(answer.Task);
    }

    private void Answer(Action answer) => timeline.After(Delay(), owner, answer);

    private long Delay() => faults.Happens(Faults.Slow, _dice)
        ? _dice.Between(10_000, 900_000) : _dice.Between(20, 400);

    private void Say(string what)
    {
        if (timeline.Trace.IsKept) timeline.Trace.Add(timeline.Now, owner.Name, what);
    }
}
