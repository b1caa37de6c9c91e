namespace Settle.Simulation;

/// <summary>
/// Virtual time and the order of everything: one event at a time, on the caller's thread. Events of
/// one moment come in an order that the seed decides. What a machine planned never happens once it
/// is dead.
/// </summary>
internal sealed class Timeline(ulong seed, IReadOnlyList<int>? only = null)
{
    private readonly PriorityQueue<Event, (long Time, ulong Order)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private ulong _fingerprint = seed;

    public Dice Dice { get; } = new(seed, new Chances(only));

    public Trace Trace { get; } = new();

    /// <summary>Microseconds since the run began.</summary>
    public long Now { get; private set; }

    public long Steps { get; private set; }

    /// <summary>When the last of what is on its way is there.</summary>
    public long LastArrival { get; private set; }

    /// <summary>Of every event so far: two runs that differ anywhere differ here.</summary>
    public ulong Fingerprint => _fingerprint;

    public void After(long delay, Machine? owner, Action action)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("work has left the simulation's thread");
        _events.Enqueue(new Event(owner, action), (Now + delay, Dice.Next()));
    }

    /// <summary>Notes that something is on its way for so long.</summary>
    public void Expect(long delay) => LastArrival = long.Max(LastArrival, Now + delay);

    /// <summary>Lets the next event happen; false when there is none.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out var next, out var at)) return false;
        Now = at.Time;
        if (next.Owner is { IsAlive: false }) return true;
        Steps++;
        Mix((ulong)at.Time);
        Mix(at.Order);
        next.Action();
        return true;
    }

    /// <summary>Goes on until something is so; false when that takes too long.</summary>
    public bool RunUntil(Func<bool> isOver, long timeMax)
    {
        while (!isOver())
            if (Now > timeMax || !Step()) return false;
        return true;
    }

    public Task DelayAsync(long delay, Machine? owner = null)
    {
        var over = new TaskCompletionSource();
        After(delay, owner, over.SetResult);
        return over.Task;
    }

    public void Mix(ulong value) =>
        _fingerprint = ulong.RotateLeft((_fingerprint ^ value) * 0x9E3779B97F4A7C15, 29);

    private readonly record struct Event(Machine? Owner, Action Action);
}
