using Settle.Local;

namespace Settle.Simulation;

/// <summary>
/// A process that settles its wishes and, when it dies, one after it that asks again for what was
/// not answered.
/// </summary>
internal sealed class Writer(Exploration exploration, string name, IReadOnlyList<Wish> wishes,
    bool isPatient)
{
    private readonly List<Operation> _waiting = [];
    private readonly List<Func<bool>> _timers = [];
    private readonly List<Func<bool>> _idleTimers = [];
    private readonly HashSet<string> _answered = [];
    private int _starts;

    /// <summary>Folds everything that this process has seen: it is a function of that.</summary>
    public ulong Seen { get; private set; }

    public bool IsDone => _answered.Count == wishes.Count;

    /// <summary>Why its ledger stopped; null while it settles.</summary>
    public Exception? Fatal { get; private set; }

    public LocalLedger? Ledger { get; private set; }

    /// <summary>The steps that could happen next.</summary>
    public IEnumerable<Operation> Waiting => _waiting;

    public void Start()
    {
        _waiting.Clear();
        _timers.Clear();
        _idleTimers.Clear();
        Ledger = null;
        Observe($"start {++_starts}");
        _ = RunAsync(_starts);
    }

    public void Wait(string text, IReadOnlyList<Fate> fates, Action<Fate> happen)
    {
        Operation? operation = null;
        operation = new Operation(this, text, fates, fate =>
        {
            _waiting.Remove(operation!);
            happen(fate);
            if (fate is Fate.DiesBefore or Fate.DiesAfter) Start();
        });
        _waiting.Add(operation);
    }

    public void WaitForTime(Func<bool> ring, bool isIdle)
    {
        if (isIdle)
        {
            _idleTimers.Add(ring);
            return;
        }
        Wait("wait", [Fate.Done], _ =>
        {
            Observe("time");
            ring();
        });
    }

    /// <summary>Looks for news; false when it does not wait for any.</summary>
    public bool RingIdle()
    {
        while (_idleTimers.Count > 0)
        {
            var ring = _idleTimers[0];
            _idleTimers.RemoveAt(0);
            Observe("idle");
            if (ring()) return true;
        }
        return false;
    }

    public void Observe(string what)
    {
        var hash = Seen ^ 0xCBF29CE484222325;
        foreach (var letter in what) hash = (hash ^ letter) * 0x100000001B3;
        Seen = ulong.RotateLeft(hash * 0x9E3779B97F4A7C15, 31);
    }

    private async Task RunAsync(int start)
    {
        var options = new LedgerOptions
        {
            Clock = new ExploredClock(this), Work = new ExploredWork($"{name}{start}"),
        };
        try
        {
            while (Ledger is null)
            {
                try
                {
                    Ledger = await LocalLedger.OpenAsync("bank",
                        new ExploredStore(this, exploration.Disk), null, options, default)
                        .ConfigureAwait(false);
                }
                catch (StoreUnavailableException)
                {
                    Observe("opens again");
                }
            }
            var ledger = Ledger;
            foreach (var wish in wishes.Where(wish => !_answered.Contains(wish.Id)).ToList())
            {
                var asking = InsistAsync(ledger, wish, start);
                if (isPatient) await asking.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            exploration.Fail("exception", $"{name}: {e}");
        }
    }

    private Task AgainAsync()
    {
        var again = new TaskCompletionSource();
        Wait("ask again", [Fate.Done], _ =>
        {
            Observe("asks again");
            again.SetResult();
        });
        return again.Task;
    }

    private async Task InsistAsync(LocalLedger ledger, Wish wish, int start)
    {
        try
        {
            while (true)
            {
                var call = exploration.Send(wish, $"{name}{start}");
                var replies = await Asking.AskAsync(ledger, [wish]).ConfigureAwait(false);
                exploration.Answer(call, replies);
                Fatal = ledger.Settler.Fatal;
                if (replies[0].Kind == ReplyKind.Verdict || Fatal is not null) break;
                await AgainAsync().ConfigureAwait(false);
            }
            _answered.Add(wish.Id);
        }
        catch (Exception e)
        {
            exploration.Fail("exception", $"{name}: {e}");
        }
    }
}
