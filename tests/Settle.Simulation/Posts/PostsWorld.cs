namespace Settle.Simulation;

/// <summary>
/// The algorithm published in 2014, as it was published: a client inserts its transfer with a
/// timestamp and the status <c>pending</c>, decides every pending transfer up to its own, oldest
/// first, by what the view says is available, and writes each verdict with the document's revision.
/// </summary>
internal sealed class PostsWorld
{
    /// <summary>What may go wrong here.</summary>
    public const Faults Faults = Simulation.Faults.Clocks | Simulation.Faults.Slow
        | Simulation.Faults.StaleRead | Simulation.Faults.Crash;

    private readonly Dictionary<string, PostsDocument> _documents = [];
    private readonly List<PostsDocument> _history = [];
    private readonly FaultRates _faults;
    private readonly Bounds _bounds;
    private readonly bool _isStaged;
    private Violation? _violation;

    /// <param name="seed">Decides everything.</param>
    /// <param name="bounds">How many clients, and transfers of each.</param>
    /// <param name="isStaged">
    /// Whether the store gives each document its timestamp at the moment it inserts it.
    /// </param>
    /// <param name="keepTrace">Whether the steps are kept.</param>
    public PostsWorld(ulong seed, Bounds bounds, bool isStaged, bool keepTrace)
    {
        (_bounds, _isStaged) = (bounds, isStaged);
        Timeline = new Timeline(seed);
        Timeline.Trace.IsKept = keepTrace;
        _faults = new FaultRates(Dice, bounds.Faults);
    }

    public Timeline Timeline { get; }

    private Dice Dice => Timeline.Dice;

    /// <returns>The overdraft; null for none.</returns>
    public Violation? Run()
    {
        Write(new PostsDocument("t0", "@world", "Alex", 1 + Dice.Below(10), -1, "successful"));
        var clients = Enumerable.Range(1, 1 + Dice.Below(_bounds.Clients))
            .Select(RunClientAsync).ToList();
        var all = Task.WhenAll(clients);
        Timeline.RunUntil(() => all.IsCompleted || _violation is not null, long.MaxValue);
        return _violation ?? (all.IsFaulted ? new("simulation", all.Exception.ToString()) : null);
    }

    private async Task RunClientAsync(int number)
    {
        var name = $"client{number}";
        var offset = _faults.CanHappen(Simulation.Faults.Clocks) ? Dice.Between(-3_000, 3_000) : 0;
        for (var i = 0; i < 1 + Dice.Below(_bounds.Calls); i++)
        {
            await StepAsync().ConfigureAwait(false);
            var timestamp = Timeline.Now + offset;
            // The clock has been read; the insert takes its time.
            await StepAsync().ConfigureAwait(false);
            if (_isStaged) timestamp = Timeline.Now;
            var to = Dice.Of(["Dave", "Jane"]);
            var transfer = new PostsDocument($"t{number}.{i + 1}", "Alex", to,
                Dice.Between(1, 10), timestamp, "pending");
            Write(transfer);
            Say(name, $"inserts {transfer.Id}: Alex -> {to} {transfer.Amount}, "
                + $"timestamp {timestamp}");
            if (_faults.Happens(Simulation.Faults.Crash, Dice)) return;
            await ResolveAsync(name, timestamp).ConfigureAwait(false);
        }
    }

    /// <summary>resolve_transactions(until)</summary>
    private async Task ResolveAsync(string name, long until)
    {
        while (_violation is null)
        {
            await StepAsync().ConfigureAwait(false);
            var oldest = View().Where(known => known.Status == "pending")
                .Where(known => known.Timestamp <= until)
                .OrderBy(known => known.Timestamp).ThenBy(known => known.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (oldest is null) return;
            Say(name, $"reads oldest-pending: {oldest.Id}");
            await StepAsync().ConfigureAwait(false);
            var available = Available(View(), oldest.From);
            Say(name, $"reads balance-available: {oldest.From} has {available}");
            await StepAsync().ConfigureAwait(false);
            Decide(name, oldest, available >= oldest.Amount ? "successful" : "rejected");
            if (_faults.Happens(Simulation.Faults.Crash, Dice)) return;
        }
    }

    // The revision is still the one that was read, or it is a conflict.
    private void Decide(string name, PostsDocument read, string verdict)
    {
        if (_documents[read.Id].Status != "pending")
        {
            Say(name, $"writes {read.Id} {verdict}: conflict");
            return;
        }
        Write(read with { Status = verdict });
        Say(name, $"writes {read.Id} {verdict}");
        foreach (var account in (string[])["Alex", "Dave", "Jane"])
        {
            var rest = Available([.. _documents.Values], account);
            if (rest < 0) _violation ??= new Violation("floor", $"{account} has {rest}");
        }
    }

    private void Write(PostsDocument document)
    {
        _documents[document.Id] = document;
        _history.Add(document);
    }

    // A view may lag behind what was written.
    private IReadOnlyList<PostsDocument> View()
    {
        if (!_faults.Happens(Simulation.Faults.StaleRead, Dice)) return [.. _documents.Values];
        var seen = new Dictionary<string, PostsDocument>();
        foreach (var written in _history.Take(_history.Count - 1)) seen[written.Id] = written;
        return [.. seen.Values];
    }

    private static long Available(IReadOnlyList<PostsDocument> documents, string account) =>
        documents.Where(known => known.Status == "successful").Sum(known =>
            known.To == account ? known.Amount : known.From == account ? -known.Amount : 0);

    private Task StepAsync() => Timeline.DelayAsync(
        _faults.Happens(Simulation.Faults.Slow, Dice) ? Dice.Between(0, 5_000)
            : Dice.Between(0, 500));

    private void Say(string who, string what)
    {
        if (Timeline.Trace.IsKept) Timeline.Trace.Add(Timeline.Now, who, what);
    }
}
