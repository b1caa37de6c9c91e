using Settle.Local;

namespace Settle.Simulation;

/// <summary>
/// A process that settles its wishes and, when it dies, one after it that asks again for what was
/// not answered.
/// </summary>
internal sealed class Writer(Exploration exploration, int number, IReadOnlyList<Wish> wishes,
    bool isPatient)
{
    private const string AskAgain = "ask again";

    private static readonly Fate[] Surely = [Fate.Done];

    // As long as a ledger remembers what it could not read, and longer.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly List<Operation> _waiting = [];
    private readonly List<ExploredTimer> _idleTimers = [];
    private readonly List<ExploredTimer> _patience = [];
    private readonly HashSet<string> _answered = [];
    private int _starts;
    private bool _askedWhileAway;

    public int Number { get; } = number;

    public string Name { get; } = $"{(char)('A' + number)}";

    /// <summary>Folds everything that this process has seen: it is a function of that.</summary>
    public ulong Seen { get; private set; }

    public bool IsDone => _answered.Count == wishes.Count;

    /// <summary>Why its ledger stopped; null while it settles.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>The clock of the process.</summary>
    public ExploredClock Clock { get; private set; } = null!;

    public LocalLedger? Ledger { get; private set; }

    /// <summary>What could happen next, but for what happens in the store by itself.</summary>
    public IEnumerable<Choice> Choices
    {
        get
        {
            foreach (var step in _waiting.Where(MayHappen))
            {
                foreach (var fate in step.Fates)
                {
                    yield return new($"{Name}: {step.Text}{(fate == Fate.Done ? "" : $": {fate}")}",
                        fate != Fate.Done, () => step.Do(fate));
                }
            }
            foreach (var timer in _patience.Where(timer => !timer.IsOver))
            {
                yield return new($"{Name} waits no longer", true, () =>
                {
                    ObserveBeside("waits no longer");
                    timer.Ring();
                });
            }
            if (exploration.Place.IsAwaitedBy(this)) yield return new($"{Name} dies", true, Start);
        }
    }

    /// <summary>A step that may as well happen at once; null when there is none.</summary>
    public Choice? Quick => _waiting is [var only] && only.IsQuick()
        && !exploration.Place.IsAwaitedBy(this)
        ? new($"{Name}: {only.Text}", false, () => only.Do(Fate.Done)) : null;

    public void Start()
    {
        exploration.Place.Forget(this);
        _waiting.Clear();
        _idleTimers.Clear();
        _patience.Clear();
        Ledger = null;
        Clock = new ExploredClock(this);
        Observe($"start {++_starts}");
        _ = RunAsync(_starts);
    }

    public void Wait(
        string text, IReadOnlyList<Fate> fates, Func<bool> isQuick, Action<Fate> happen)
    {
        Operation? operation = null;
        operation = new Operation(text, fates, isQuick, fate =>
        {
            _waiting.Remove(operation!);
            happen(fate);
            if (fate is Fate.DiesBefore or Fate.DiesAfter) Start();
        });
        _waiting.Add(operation);
    }

    public void WaitForTime(ExploredTimer timer) => Wait("wait", Surely, () => true, _ =>
    {
        Observe("time");
        timer.Ring();
    });

    public void WaitIdle(ExploredTimer timer) => _idleTimers.Add(timer);

    /// <summary>Waits for something that comes before the timer rings, or is a fault.</summary>
    public void WaitPatiently(ExploredTimer timer) => _patience.Add(timer);

    /// <summary>Looks for news; false when it does not wait for any.</summary>
    public bool RingIdle()
    {
        while (_idleTimers.Count > 0)
        {
            var timer = _idleTimers[0];
            _idleTimers.RemoveAt(0);
            Observe("idle");
            if (timer.Ring()) return true;
        }
        return false;
    }

    public void Observe(string what) => Seen = Folding.Then(Seen, Folding.Of(what));

    /// <summary>Sees something beside other things whose order is all the same.</summary>
    public void ObserveBeside(string what) => Seen += Folding.Of(what);

    // While a part of the store is away, asking again and again leads nowhere.
    private bool MayHappen(Operation step) =>
        step.Text != AskAgain || !exploration.Place.IsAway || !_askedWhileAway;

    private async Task RunAsync(int start)
    {
        var options = new LedgerOptions
        {
            Clock = Clock, Work = new ExploredWork($"{Name}{start}"),
        };
        try
        {
            while (Ledger is null)
            {
                try
                {
                    var store = await exploration.Place.OpenAsync(this).ConfigureAwait(false);
                    Ledger = await LocalLedger.OpenAsync("bank", store, null, options, default)
                        .ConfigureAwait(false);
                }
                catch (StoreUnavailableException)
                {
                    await AgainAsync().ConfigureAwait(false);
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
            exploration.Fail("exception", $"{Name}: {e}");
        }
    }

    private Task AgainAsync()
    {
        var again = new TaskCompletionSource();
        Wait(AskAgain, Surely, () => !exploration.Place.IsAway, _ =>
        {
            Observe("asks again");
            _askedWhileAway = exploration.Place.IsAway;
            Clock.Pass(Rest);
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
                var call = exploration.Send(wish, $"{Name}{start}");
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
            exploration.Fail("exception", $"{Name}: {e}");
        }
    }
}
