using Settle.Index;

namespace Settle.Simulation;

/// <summary>
/// The indexes on disk of a world: on one computer that all share, or one for each server; what
/// happens to their folders.
/// </summary>
internal sealed class IndexWorld
{
    // A seed's indexes have dice of their own: worlds without them are as they would be else.
    private const ulong Salt = 0x1DE5_0FD1_5C50_0001;

    private static readonly Lazy<IReadOnlyDictionary<string, DiskFile>> OfAnother =
        new(MakeAnother);

    private readonly World _world;
    private readonly Dice _dice;
    private readonly List<IndexHost> _hosts = [];
    private readonly IndexSizes _sizes;

    private IndexWorld(World world, Dice dice, Bounds bounds, Func<bool> isFull)
    {
        (_world, _dice) = (world, dice);
        var isShared = _dice.Chance(500);
        _sizes = new IndexSizes
        {
            RowsMax = 4 + _dice.Below(_dice.Chance(500) ? 6 : 30), IdFanout = 2 + _dice.Below(3),
            MovementFanout = 2 + _dice.Below(3),
        };
        foreach (var fault in (ReadOnlySpan<Faults>)[Faults.PowerCut, Faults.OtherIndex])
            world.Faults.Draw(fault, bounds.Faults, _dice);
        for (var i = 0; i < (isShared ? 1 : world.Servers.Count); i++)
        {
            _hosts.Add(new IndexHost(new IndexDisk(_dice, () => isFull()
                || world.Faults.Happens(Faults.DiskFull, _dice), $"{(char)('a' + i)}")));
        }
    }

    /// <summary>Null for a world in which all indexes are in memory.</summary>
    public static IndexWorld? Draw(World world, ulong seed, Bounds bounds, Func<bool> isFull)
    {
        var dice = new Dice(seed ^ Salt, world.Timeline.Dice.Chances);
        return bounds.HasIndexes && dice.Below(6) == 0
            ? new IndexWorld(world, dice, bounds, isFull) : null;
    }

    public IReadOnlyList<IndexHost> Hosts => _hosts;

    /// <summary>The index of a process; some command lines have none.</summary>
    public MachineIndex? For(Machine machine)
    {
        var number = machine.Name[0] - 'A';
        var isServer = number < _world.Servers.Count;
        if (!isServer && _dice.Chance(300)) return null;
        return On(isServer && _hosts.Count > 1 ? _hosts[number] : _dice.Of(_hosts), machine);
    }

    public MachineIndex On(IndexHost host, Machine machine)
    {
        host.Add(machine);
        return new MachineIndex(new SimulatedFolder(host.Disk, machine, _world.Timeline), _sizes,
            () => Step(host, machine));
    }

    public void Plan()
    {
        var faults = _world.Faults;
        if (!faults.CanHappen(Faults.PowerCut) && !faults.CanHappen(Faults.OtherIndex)) return;
        _world.Timeline.After(_dice.Between(0, 400_000), null, () =>
        {
            if (!faults.AreOn) return;
            var host = _dice.Of(_hosts);
            if (faults.CanHappen(Faults.PowerCut) && _dice.Chance(200)) CutPower(host);
            if (faults.CanHappen(Faults.OtherIndex)) Replace(host);
            Plan();
        });
    }

    // Between any two steps of writing an index its process may die, or its computer.
    private void Step(IndexHost host, Machine machine)
    {
        if (_world.Faults.Happens(Faults.PowerCut, _dice)) CutPower(host);
        else if (_world.Faults.Happens(Faults.Crash, _dice)) _world.Crash(machine);
    }

    private void CutPower(IndexHost host)
    {
        _world.Say("world", "the power fails");
        host.CutPower(_world.Crash);
    }

    private void Replace(IndexHost host)
    {
        switch (_dice.Below(8))
        {
            case 0:
                _world.Say("world", "an index is deleted");
                host.Disk.Restore(new Dictionary<string, DiskFile>());
                break;
            // Beside an empty chain it would say that all blocks of this one were lost.
            case 1 when _world.HasBlocks:
                _world.Say("world", "an index of another ledger is put in place");
                host.Disk.Restore(OfAnother.Value);
                break;
            case 2 or 3 when host.Copy is not null:
                _world.Say("world", "an old index comes back");
                host.Disk.Restore(host.Copy);
                break;
            // Without the note a person has to decide whether blocks are lost.
            case 4 when host.Disk.Names.Any(IsUseful):
                var lost = _dice.Of([.. host.Disk.Names.Where(IsUseful)]);
                _world.Say("world", $"a file of an index is lost: {lost}");
                host.Disk.Delete(lost);
                break;
            case 5 or 6:
                host.Copy = host.Disk.Copy();
                break;
        }
    }

    private static bool IsUseful(string file) => file != IndexFolder.NoteName;

    private static IReadOnlyDictionary<string, DiskFile> MakeAnother()
    {
        var bounds = new Bounds { Faults = Faults.None };
        for (var seed = 1UL; ; seed++)
        {
            var world = new World(~seed, bounds);
            if (world.Run() is { } violation)
                throw new InvalidOperationException($"another ledger fails: {violation}");
            if (world.Indexes?.Hosts[0].Disk.Copy() is { Count: > 4 } files) return files;
        }
    }
}
