using Settle.Local;

namespace Settle.Simulation;

/// <summary>
/// One run: servers, command lines and clients on one store, with everything that may go wrong;
/// then a calm in which all must be decided; then the audit. One seed gives one run.
/// </summary>
internal sealed class World
{
    private const long StormMax = 120_000_000;

    // A run of invoices is many calls, and a cluster whose nodes freeze in turn answers late.
    private const long LongStormMax = 1_200_000_000;
    private const long CalmMax = 600_000_000;

    // By then every document that was on its way is there.
    private const long LastDocument = 3_000_000;

    private readonly IPlace _place;
    private readonly DocumentWorld? _documents;
    private readonly BillingWorld? _billing;
    private readonly Restores? _restores;
    private readonly Record _record = new();
    private readonly List<Client> _clients = [];
    private readonly List<Machine> _machines = [];
    private readonly Dictionary<string, long> _heightOf = [];
    private readonly int _clockSpread;
    private long _offsetMax;
    private Violation? _violation;

    public World(ulong seed, Bounds bounds, bool keepTrace = false, bool isCluster = false,
        bool hasDocuments = false, bool hasBilling = false, bool isRestored = false)
    {
        Timeline = new Timeline(seed, bounds.Only);
        Trace.IsKept = keepTrace;
        Faults = new FaultRates(Dice, bounds.Faults);
        _clockSpread = Dice.Below(20) switch { 0 => 600_000, < 8 => 5_000, _ => 50 };
        CommandLines = Dice.Below(3) == 0 ? (int)Dice.Between(0, 300) : 0;
        for (var i = 0; i < 1 + Dice.Below(bounds.Servers); i++)
            Servers.Add(new Server(this, $"{(char)('A' + i)}"));
        if (hasBilling) _billing = new BillingWorld(this, Dice);
        IWishes wishes = (IWishes?)_billing?.Wishes ?? new WishSource(Dice, bounds.HasAllKinds);
        for (var i = 0; i < 1 + Dice.Below(bounds.Clients); i++)
            _clients.Add(new Client(this, $"client{i + 1}", wishes, 1 + Dice.Below(bounds.Calls)));
        _place = isCluster
            ? new ClusterPlace(Timeline, Faults, hasDocuments)
            : hasDocuments || isRestored ? new DatabasePlace(Timeline, Faults, new Database())
            : new DiskPlace(Timeline, Faults);
        if (hasDocuments) _documents = new DocumentWorld(this, (IDocumentPlace)_place, bounds);
        if (isRestored) _restores = new Restores(this, (DatabasePlace)_place, seed, bounds);
        Indexes = IndexWorld.Draw(this, seed, bounds, () => _place.IsFull);
    }

    public Timeline Timeline { get; }

    public Dice Dice => Timeline.Dice;

    public Trace Trace => Timeline.Trace;

    public FaultRates Faults { get; }

    public List<Server> Servers { get; } = [];

    /// <summary>The processes that run.</summary>
    public IEnumerable<Machine> Alive => _machines.Where(machine => machine.IsAlive);

    /// <summary>Whether the chain has begun.</summary>
    public bool HasBlocks => _place.Blocks.Any();

    /// <summary>The indexes on disk; null where all are in memory.</summary>
    public IndexWorld? Indexes { get; }

    /// <summary>How many of a thousand calls are processes of their own.</summary>
    public int CommandLines { get; private set; }

    /// <summary>Runs it all.</summary>
    /// <returns>The first promise that was broken; null for none.</returns>
    public Violation? Run()
    {
        foreach (var server in Servers) server.Start();
        PlanFullDisk();
        Indexes?.Plan();
        _restores?.Plan();
        var storm = StormAsync();
        if (!Timeline.RunUntil(() => IsOver(storm),
            _billing is null && _place is not ClusterPlace ? StormMax : LongStormMax))
            return Named("liveness", "a client waits for ever");
        if (Broken(storm) is { } broken) return broken;
        Calm();
        var rest = FinishAsync();
        if (!Timeline.RunUntil(() => IsOver(rest), Timeline.Now + CalmMax))
        {
            return Named("liveness", "what is pending is not decided although nothing fails"
                + (_documents is null ? "" : $": {_documents.Pending}"));
        }
        if (Broken(rest) is { } late) return late;
        var auditor = new Auditor(_record, _place.Blocks, _billing?.Shelf);
        return auditor.Audit() ?? Shown() ?? _documents?.Outcomes.Audit(auditor.DefaultAsset)
            ?? _restores?.Audit(_machines, StormMax + CalmMax)
            ?? Compare(auditor) ?? Unanswered() ?? Broken(rest);
    }

    public Machine NewMachine(string name, bool settlesDocuments = false) =>
        NewMachine(name, settlesDocuments, Indexes is null ? null : Indexes.For);

    private Machine NewMachine(
        string name, bool settlesDocuments, Func<Machine, MachineIndex?>? index)
    {
        var offset = ClockOffset() + (_restores?.OffsetAtStart() ?? 0);
        _offsetMax = long.Max(_offsetMax, offset);
        var machine = new Machine(Timeline, name, _place, offset, _billing is null ? null
            : owner => _billing.SideDocumentsOf(owner, () => _place.IsFull), index)
        {
            SettlesDocuments = settlesDocuments,
        };
        _machines.Add(machine);
        return machine;
    }

    public void Crash(Machine machine)
    {
        if (!machine.IsAlive) return;
        Say(machine.Name, "dies");
        machine.Die();
    }

    /// <summary>How far a clock is ahead, microseconds.</summary>
    public long ClockOffset()
    {
        if (!Faults.CanHappen(Simulation.Faults.Clocks)) return Faults.AreOn ? 0 : _offsetMax;
        var offset = Dice.Between(-_clockSpread, _clockSpread) * 1_000;
        _offsetMax = long.Max(_offsetMax, offset);
        return offset;
    }

    public void SetClock(Machine machine, long offset)
    {
        Say(machine.Name, "has its clock set");
        machine.Clock.Offset = offset;
        _offsetMax = long.Max(_offsetMax, offset);
    }

    public void Sent(IReadOnlyList<Wish> wishes) => _record.Sent(wishes, Timeline.Steps);

    /// <summary>Asks a machine; what it says counts, whether anybody hears it or not.</summary>
    public async Task<IReadOnlyList<Reply>> CallAsync(
        Machine machine, IReadOnlyList<Wish> wishes, long sentAt, string client)
    {
        var call = new Call(wishes, machine.Name, sentAt) { HeightBefore = HeightFor(machine) };
        _record.Calls.Add(call);
        try
        {
            var replies = await Asking.AskAsync(machine.Ledger!, wishes).ConfigureAwait(false);
            call.Answer(replies, Timeline.Steps);
            call.HeightAfter = (_place as DiskPlace)?.Height ?? long.MaxValue;
            foreach (var reply in replies) Answered(machine, client, reply);
            return replies;
        }
        catch (StoreCorruptException) when (_restores?.IsDeceived(machine) == true)
        {
            call.Answer([new Reply(ReplyKind.Closed)], Timeline.Steps);
            return call.Replies!;
        }
        catch (Exception e)
        {
            Fail("answer", $"{machine.Name} answered {e}");
            return [new Reply(ReplyKind.Closed)];
        }
    }

    /// <summary>Reads an account.</summary>
    public async Task LookAsync(Machine machine)
    {
        try
        {
            var heightMin = _heightOf.GetValueOrDefault(machine.Name);
            if (_billing is not null && Dice.Chance(500))
            {
                await BillingWorld.LookAsync(machine, heightMin, _record).ConfigureAwait(false);
                return;
            }
            var name = Dice.Of(["Alex", "Dave", "Jane", "Shop", "@world"]);
            var account = await machine.Ledger!.GetAccountAsync(name).ConfigureAwait(false);
            if (account is not null) _record.Looks.Add(new Look(machine.Name, heightMin, account));
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            Say(machine.Name, $"shows nothing: {e.Message}");
        }
        catch (StoreCorruptException) when (_restores?.IsDeceived(machine) == true)
        {
            Say(machine.Name, "shows nothing, because it has stopped");
        }
        catch (Exception e)
        {
            Fail("reading", $"{machine.Name} failed with {e}");
        }
    }

    public void Fail(string rule, string message) => _violation ??= Named(rule, message);

    public void Say(string who, string what)
    {
        if (Trace.IsKept) Trace.Add(Timeline.Now, who, what);
    }

    private void Answered(Machine machine, string client, Reply reply)
    {
        if (Trace.IsKept) Say(machine.Name, $"answers {client}: {reply}");
        if (!reply.IsFinal) return;
        Timeline.Mix((ulong)reply.Block);
        _heightOf[machine.Name] =
            long.Max(_heightOf.GetValueOrDefault(machine.Name), reply.Block);
    }

    // A read may miss the newest blocks where the store is so; what a machine answered from it has.
    private long HeightFor(Machine machine) =>
        _place is DiskPlace disk && !Faults.CanHappen(Simulation.Faults.StaleRead)
            ? disk.Height : _heightOf.GetValueOrDefault(machine.Name);

    private async Task StormAsync()
    {
        if (_billing is not null) await _billing.FoundAsync().ConfigureAwait(false);
        if (_documents is not null) await _documents.FoundAsync().ConfigureAwait(false);
        var clients = Task.WhenAll(_clients.Select(client => client.RunAsync()));
        await Task.WhenAll(clients, _documents?.RunAsync() ?? Task.CompletedTask)
            .ConfigureAwait(false);
    }

    private void PlanFullDisk()
    {
        if (!Faults.CanHappen(Simulation.Faults.DiskFull)) return;
        Timeline.After(Dice.Between(0, 800_000), null, () =>
        {
            if (!Faults.AreOn) return;
            _place.IsFull = !_place.IsFull && Dice.Chance(400);
            PlanFullDisk();
        });
    }

    private void Calm()
    {
        Say("world", "nothing fails from here on");
        (Faults.AreOn, CommandLines) = (false, 0);
        _place.Heal();
        _restores?.PutBack();
        foreach (var machine in _machines)
        {
            // A clock that is set days ahead is not believed: whoever has one begins anew.
            if (_restores is not null) Crash(machine);
            machine.Clock.Offset = _offsetMax;
        }
    }

    private async Task FinishAsync()
    {
        foreach (var client in _clients)
        {
            foreach (var wish in client.Pending)
                while (!await client.InsistAsync([wish], 100).ConfigureAwait(false)) continue;
        }
        // What was on its way when the storm ended arrives, and is answered.
        while (Timeline.Now <= Timeline.LastArrival || !_place.IsInStep
            || Unanswered() is not null)
            await Timeline.DelayAsync(10_000).ConfigureAwait(false);
        if (_documents is not null)
        {
            await Timeline.DelayAsync(LastDocument).ConfigureAwait(false);
            await _documents.FinishAsync().ConfigureAwait(false);
        }
        if (_billing is not null) await _billing.FinishAsync().ConfigureAwait(false);
        await RefreshAsync().ConfigureAwait(false);
        if (_place.BackAfter == 0) return;
        await Timeline.DelayAsync(_place.BackAfter).ConfigureAwait(false);
        await RefreshAsync().ConfigureAwait(false);
    }

    private async Task RefreshAsync()
    {
        foreach (var server in Servers)
        {
            while (server.Ledger is null)
                await Timeline.DelayAsync(10_000).ConfigureAwait(false);
            await server.Ledger.Settler.RefreshAsync().ConfigureAwait(false);
        }
    }

    private Violation? Compare(Auditor auditor)
    {
        foreach (var server in Servers)
            if (Compare(auditor, server.Name, server.Ledger!, false) is { } fault) return fault;
        // What they left on their disks is found by the next process.
        foreach (var host in Indexes?.Hosts ?? [])
        {
            var next = NewMachine("next", false, machine => Indexes!.On(host, machine));
            var opening = OpenAsync(next);
            if (!Timeline.RunUntil(() => IsOver(opening), Timeline.Now + CalmMax))
                return Named("liveness", "an index cannot be opened");
            if (Broken(opening) is { } broken) return broken;
            if (Compare(auditor, "next", next.Ledger!, true) is { } difference) return difference;
        }
        return null;
    }

    private static async Task OpenAsync(Machine machine)
    {
        await machine.OpenAsync().ConfigureAwait(false);
        await machine.Ledger!.Settler.RefreshAsync().ConfigureAwait(false);
    }

    private Violation? Compare(
        Auditor auditor, string name, LocalLedger ledger, bool withHistory)
    {
        var comparison = new Comparison(auditor, ledger).CompareAsync(withHistory);
        if (!Timeline.RunUntil(() => IsOver(comparison), Timeline.Now + CalmMax))
            return Named("liveness", $"{name} does not say what it knows");
        if (Broken(comparison) is { } broken) return broken;
        if (comparison.Result is { } difference) return difference;
        var closing = ledger.DisposeAsync().AsTask();
        if (!Timeline.RunUntil(() => IsOver(closing), Timeline.Now + CalmMax))
            return Named("liveness", $"{name} does not close");
        return Broken(closing);
    }

    private Violation? Shown() =>
        _place.ShownAmiss is { } amiss ? Named("shown", amiss) : null;

    private Violation? Unanswered()
    {
        var alive = _machines.Where(machine => machine.IsAlive)
            .Select(machine => machine.Name).ToHashSet();
        var call = _record.Calls.Find(call =>
            call.AnsweredAt is null && alive.Contains(call.Machine));
        return call is null ? null
            : Named("liveness", $"{call.Machine} never answered {call.Wishes[0]}");
    }

    private bool IsOver(Task task) => task.IsCompleted || _violation is not null;

    private Violation? Broken(Task task)
    {
        if (_violation is not null) return _violation;
        foreach (var machine in _machines)
        {
            if (machine is { IsAlive: true, Ledger.Settler.Fatal: { } fatal }
                && _restores?.IsDeceived(machine) != true)
                return Named("stopped", $"{machine.Name} stopped by itself: {fatal.Message}");
        }
        return task.IsFaulted ? Named("simulation", task.Exception.ToString()) : null;
    }

    private static Violation Named(string rule, string message) => new(rule, message);
}
