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
    private readonly HashSet<string> _sent = [];
    private ProcessState? _process;
    private bool _askedWhileAway;

    public int Number { get; } = number;

    public string Name { get; } = $"{(char)('A' + number)}";

    /// <summary>Folds all that what this process will do depends on.</summary>
    public ulong State => IsDone ? 0 : Folding.Then(
        Process.Folded, exploration.Place.IsAway && _askedWhileAway ? 1UL : 0);

    /// <summary>What it has seen, as far as that still matters.</summary>
    public ProcessState Process => _process ??= new(this);

    /// <summary>Whether all its wishes were answered: then it ends, like a command.</summary>
    public bool IsDone => _answered.Count == wishes.Count;

    /// <summary>Whether it has asked for all that it wants, once.</summary>
    public bool HasSentAll => _sent.Count == wishes.Count;

    /// <summary>Whether it waits for each answer before it asks again.</summary>
    public bool IsPatient => isPatient;

    /// <summary>The wishes that were answered.</summary>
    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>How many processes it was so far.</summary>
    public int Starts { get; private set; }

    /// <summary>How many of its wishes wait to be asked once more.</summary>
    public int WaitingToAskAgain => _waiting.Count(step => step.Text == AskAgain);

    /// <summary>The clock of the process.</summary>
    public ExploredClock Clock { get; private set; } = null!;

    public ExploredCalls? Store { get; private set; }

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
                    yield return new(
                        () => $"{Name}: {step.Text}{(fate == Fate.Done ? "" : $": {fate}")}",
                        MishapOf(fate), () => step.Do(fate));
                }
            }
            foreach (var timer in _patience.Where(timer => !timer.IsOver))
            {
                yield return new(() => $"{Name} waits no longer", Mishap.WaitEnds, () =>
                {
                    Process.ObserveBeside("waits no longer");
                    timer.Ring();
                });
            }
            if (exploration.Place.IsAwaitedBy(this))
                yield return new(() => $"{Name} dies", Mishap.WriterDies, Start);
        }
    }

    /// <summary>A step that may as well happen at once; null when there is none.</summary>
    public Choice? Quick => _waiting is [var only] && only.IsQuick()
        && !exploration.Place.IsAwaitedBy(this)
        ? new(() => $"{Name}: {only.Text}", Mishap.None, () => only.Do(Fate.Done)) : null;

    public void Start()
    {
        Leave();
        Ledger = null;
        Clock = new ExploredClock(this);
        Starts++;
        Process.Start("starts");
        _ = RunAsync(Starts);
    }

    // What it had sent goes on.
    private void Leave()
    {
        exploration.Place.Forget(this);
        _waiting.Clear();
        _idleTimers.Clear();
        _patience.Clear();
    }

    public void Wait(
        string text, IReadOnlyList<Fate> fates, Func<bool> isQuick, Action<Fate> happen)
    {
        if (IsDone) return;
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
        Process.Observe("time");
        timer.Ring();
    });

    /// <summary>Waits for news, with nothing under way.</summary>
    public void WaitIdle(ExploredTimer timer)
    {
        if (IsDone) return;
        _idleTimers.Add(timer);
        Process.Rest();
    }

    /// <summary>Waits for something that comes before the timer rings, or is a fault.</summary>
    public void WaitPatiently(ExploredTimer timer)
    {
        if (IsDone) return;
        _patience.RemoveAll(other => other.IsOver);
        _patience.Add(timer);
    }

    /// <summary>Looks for news; false when it does not wait for any.</summary>
    public bool RingIdle()
    {
        while (_idleTimers.Count > 0)
        {
            var timer = _idleTimers[0];
            _idleTimers.RemoveAt(0);
            if (timer.IsOver) continue;
            Process.Note("idle");
            return timer.Ring();
        }
        return false;
    }

    private static Mishap MishapOf(Fate fate) => fate switch
    {
        Fate.Done => Mishap.None,
        Fate.AnswerLost => Mishap.AnswerLost,
        Fate.RequestLost or Fate.Unavailable => Mishap.StoreAway,
        _ => Mishap.WriterDies,
    };

    // While a part of the store is away, asking again and again leads nowhere.
    private bool MayHappen(Operation step) =>
        step.Text != AskAgain || !exploration.Place.IsAway || !_askedWhileAway;

    private async Task RunAsync(int start)
    {
        var options = new LedgerOptions
        {
            Clock = Clock, Scheduler = new ExploredScheduler($"{Name}{start}"),
        };
        try
        {
            while (Ledger is null)
            {
                try
                {
                    Store = await exploration.Place.OpenAsync(this).ConfigureAwait(false);
                    Ledger = await LocalLedger.OpenAsync("bank", Store, null, options, default)
                        .ConfigureAwait(false);
                }
                catch (StoreUnavailableException)
                {
                    Process.Start("opens again");
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
            Process.Note("asks again");
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
                _sent.Add(wish.Id);
                Process.Ask();
                var replies = await Asking.AskAsync(ledger, [wish]).ConfigureAwait(false);
                Process.Answer(replies[0]);
                exploration.Answer(call, replies);
                if (ledger.Settler.Fatal is { } fatal) exploration.Fail("stopped", fatal.Message);
                if (replies[0].Kind == ReplyKind.Verdict) break;
                await AgainAsync().ConfigureAwait(false);
            }
            _answered.Add(wish.Id);
            if (IsDone) Leave();
        }
        catch (Exception e)
        {
            exploration.Fail("exception", $"{Name}: {e}");
        }
    }
}
