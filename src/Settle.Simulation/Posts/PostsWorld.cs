namespace Settle.Simulation;

/// <summary>
/// The algorithm published in 2014, as it was published: a client inserts its transfer with a
/// timestamp and the status <c>pending</c>, decides every pending transfer up to its own, oldest
/// first, by what the view says is available, and writes each verdict with the document's revision.
/// </summary>
internal sealed class PostsWorld
{
    private readonly Dictionary<string, PostsDocument> _documents = [];
    private readonly List<PostsDocument> _history = [];
    private readonly PostsFaults _faults;
    private readonly Bounds _bounds;
    private Violation? _violation;
    private long _clock;

    /// <param name="seed">Decides everything.</param>
    /// <param name="bounds">How many clients, and transfers of each.</param>
    /// <param name="faults">What may go wrong; without any, the store gives each document a
    /// timestamp of its own in the moment of its insert.</param>
    /// <param name="keepTrace">Whether the steps are kept.</param>
    public PostsWorld(ulong seed, Bounds bounds, PostsFaults faults, bool keepTrace)
    {
        (_bounds, _faults) = (bounds, faults);
        Timeline = new Timeline(seed, bounds.Only);
        Timeline.Trace.IsKept = keepTrace;
    }

    /// <summary>What goes wrong when a world says so, beside an insert that takes its
    /// time.</summary>
    public static PostsFaults FaultsOf(Bounds bounds)
    {
        var faults = PostsFaults.LateInserts;
        if (bounds.Faults.HasFlag(Faults.Clocks)) faults |= PostsFaults.SkewedClocks;
        if (bounds.Faults.HasFlag(Faults.StaleRead)) faults |= PostsFaults.LaggingReads;
        if (bounds.Faults.HasFlag(Faults.Crash)) faults |= PostsFaults.Crashes;
        if (bounds.Faults.HasFlag(Faults.Slow)) faults |= PostsFaults.SlowSteps;
        return faults;
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
        var offset = Has(PostsFaults.SkewedClocks) ? Dice.Between(-3_000, 3_000) : 0;
        for (var i = 0; i < 1 + Dice.Below(_bounds.Calls); i++)
        {
            await StepAsync().ConfigureAwait(false);
            var timestamp = ReadClock(offset);
            if (Has(PostsFaults.LateInserts))
            {
                Say(name, $"reads its clock: {timestamp}");
                await StepAsync().ConfigureAwait(false);
            }
            var transfer = new PostsDocument($"t{number}.{i + 1}", "Alex",
                Dice.Of(["Dave", "Jane"]), Dice.Between(1, 10), timestamp, "pending");
            Write(transfer);
            Say(name, $"inserts {transfer.Id}: Alex -> {transfer.To} {transfer.Amount}, "
                + $"timestamp {timestamp}");
            if (Dies(name)) return;
            if (!await ResolveAsync(name, timestamp).ConfigureAwait(false)) return;
        }
    }

    /// <summary>resolve_transactions(until)</summary>
    private async Task<bool> ResolveAsync(string name, long until)
    {
        while (_violation is null)
        {
            await StepAsync().ConfigureAwait(false);
            var (documents, note) = View();
            var oldest = documents.Where(known => known.Status == "pending")
                .Where(known => known.Timestamp <= until)
                .OrderBy(known => known.Timestamp).ThenBy(known => known.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            Say(name, $"reads oldest-pending: {oldest?.Id ?? "nothing"}{note}");
            if (oldest is null) return true;
            await StepAsync().ConfigureAwait(false);
            (documents, note) = View();
            var available = Available(documents, oldest.From);
            Say(name, $"reads balance-available: {oldest.From} has {available}{note}");
            await StepAsync().ConfigureAwait(false);
            Decide(name, oldest, available >= oldest.Amount ? "successful" : "rejected");
            if (Dies(name)) return false;
        }
        return false;
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
    private (IReadOnlyList<PostsDocument> Documents, string Note) View()
    {
        if (!Has(PostsFaults.LaggingReads) || !Dice.Chance(200))
            return ([.. _documents.Values], "");
        var seen = new Dictionary<string, PostsDocument>();
        foreach (var written in _history.Take(_history.Count - 1)) seen[written.Id] = written;
        var missed = _history[^1];
        var what = missed.Status == "pending" ? "inserted" : "decided";
        return ([.. seen.Values], $", as before {missed.Id} was {what}");
    }

    private static long Available(IReadOnlyList<PostsDocument> documents, string account) =>
        documents.Where(known => known.Status == "successful").Sum(known =>
            known.To == account ? known.Amount : known.From == account ? -known.Amount : 0);

    // Where nothing is wrong with it, no two readings are the same.
    private long ReadClock(long offset) =>
        Has(PostsFaults.SkewedClocks) ? Timeline.Now + offset
        : Has(PostsFaults.EqualTimestamps) ? Timeline.Now / 1_000
        : _clock = long.Max(_clock + 1, Timeline.Now);

    private bool Dies(string name)
    {
        if (!Has(PostsFaults.Crashes) || !Dice.Chance(50)) return false;
        Say(name, "dies");
        return true;
    }

    private bool Has(PostsFaults fault) => _faults.HasFlag(fault);

    private Task StepAsync() => Timeline.DelayAsync(
        Has(PostsFaults.SlowSteps) && Dice.Chance(50) ? Dice.Between(0, 5_000)
            : Dice.Between(0, 500));

    private void Say(string who, string what)
    {
        if (Timeline.Trace.IsKept) Timeline.Trace.Add(Timeline.Now, who, what);
    }
}
