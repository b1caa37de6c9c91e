namespace Settle.Simulation;

/// <summary>
/// A database that is put back to an older state under open ledgers, until a person notices, ends
/// every program and puts the newest state back; and clocks that are set days ahead or back.
/// </summary>
internal sealed class Restores
{
    // These faults have dice of their own: worlds without them are as they would be else.
    private const ulong Salt = 0x5E7B_AC40_0000_0001;
    private const long Day = 86_400_000_000;

    // Nobody restores a database in less.
    private const long AwayMin = 30_000;

    private readonly World _world;
    private readonly DatabasePlace _place;
    private readonly Dice _dice;
    private readonly HashSet<Machine> _deceived = [];
    private Database? _older;
    private Database? _newest;

    public Restores(World world, DatabasePlace place, ulong seed, Bounds bounds)
    {
        (_world, _place) = (world, place);
        _dice = new Dice(seed ^ Salt, world.Timeline.Dice.Chances);
        foreach (var fault in (ReadOnlySpan<Faults>)[Faults.SetBack, Faults.Leaps])
            world.Faults.Draw(fault, bounds.Faults, _dice);
    }

    public void Plan()
    {
        var faults = _world.Faults;
        if (!faults.CanHappen(Faults.SetBack) && !faults.CanHappen(Faults.Leaps)) return;
        _world.Timeline.After(_dice.Between(10_000, 300_000), null, () =>
        {
            if (!faults.AreOn) return;
            if (faults.CanHappen(Faults.SetBack)) Restore();
            if (faults.CanHappen(Faults.Leaps) && _dice.Chance(300)) Leap();
            Plan();
        });
    }

    /// <summary>How far off a new process's clock is besides, microseconds.</summary>
    public long OffsetAtStart() =>
        _world.Faults.CanHappen(Faults.Leaps) && _dice.Chance(100) ? Days() : 0;

    /// <summary>Whether a process has seen more than the database held for a while.</summary>
    public bool IsDeceived(Machine machine) => _deceived.Contains(machine);

    /// <summary>A person ends every program and puts the newest state back.</summary>
    public void PutBack()
    {
        if (_newest is null) return;
        _world.Say("world", "every program is ended, and the newest state is put back");
        (_place.Database, _newest, _older) = (_newest, null, null);
        (_place.Admitted, _place.IsAway) = (null, false);
        foreach (var machine in _deceived) _world.Crash(machine);
    }

    /// <summary>
    /// No process believes at once that its clock was set days ahead while it ran: its blocks'
    /// times are its own, or that of the block below.
    /// </summary>
    public Violation? Audit(IReadOnlyList<Machine> machines, long lifeMax)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var body in _place.Blocks)
        {
            using var json = JsonDocument.Parse(body);
            var (writer, time) = (json.RootElement.GetProperty("writer").GetString()!,
                json.RootElement.GetProperty("time").GetDateTimeOffset());
            var machine = machines.First(each => each.Name == writer);
            var latest = MachineClock.Start.AddTicks(
                (lifeMax + Day + machine.OffsetAtStart) * TimeSpan.TicksPerMicrosecond);
            if (time > last && time > latest)
                return new("clock", $"{writer} believed at once that it is {time:u}");
            last = time;
        }
        return null;
    }

    private void Restore()
    {
        if (_newest is not null) PutBack();
        else if (_older is null || _dice.Chance(300)) _older = _place.Database.Copy();
        else SetBack();
    }

    private void SetBack()
    {
        // Who never saw what is missing cannot miss it.
        var height = BlocksOf(_older!);
        HashSet<Machine> deceived =
            [.. _world.Alive.Where(machine => machine.Ledger?.State.Height > height)];
        if (deceived.Count == 0) return;
        _world.Say("world", "the database is put back to an older state");
        foreach (var machine in _world.Alive.Except(deceived).ToList()) _world.Crash(machine);
        _deceived.UnionWith(deceived);
        _place.Admitted = deceived;
        (_newest, _place.Database, _place.IsAway) = (_place.Database, _older!, true);
        var isBackFrom = _newest;
        _world.Timeline.After(_dice.Between(AwayMin, 3 * AwayMin), null, () =>
        {
            if (_newest == isBackFrom) _place.IsAway = false;
        });
    }

    private static int BlocksOf(Database database) => database.Documents.Count(
        document => document.Id.StartsWith("block:", StringComparison.Ordinal));

    private void Leap()
    {
        // Before it has opened its ledger, a process has nothing to compare its clock with.
        var alive = _world.Alive.Where(machine => machine.Ledger is not null).ToList();
        if (alive.Count == 0) return;
        var machine = _dice.Of(alive);
        _world.SetClock(machine, Days());
    }

    private long Days() => _dice.Between(2, 30) * (_dice.Chance(600) ? Day : -Day);
}
