using Settle.Local;

namespace Settle.Simulation;

/// <summary>A place where a ledger's process runs, dies and is started again.</summary>
internal sealed class Server(World world, string name)
{
    public string Name { get; } = name;

    private int _starts;

    /// <summary>The process; null between two of them.</summary>
    public Machine? Machine { get; private set; }

    /// <summary>Its ledger, when it is open.</summary>
    public LocalLedger? Ledger => Machine is { IsAlive: true } machine ? machine.Ledger : null;

    public void Start()
    {
        var machine = world.NewMachine($"{Name}{++_starts}", settlesDocuments: true);
        Machine = machine;
        machine.Died = () => world.Timeline.After(world.Dice.Between(1_000, 300_000), null, Start);
        _ = OpenAsync(machine);
        PlanDeath(machine);
        PlanNewTime(machine);
    }

    private async Task OpenAsync(Machine machine)
    {
        try
        {
            await machine.OpenAsync().ConfigureAwait(false);
            world.Say(machine.Name, "is open");
        }
        catch (StoreUnavailableException e)
        {
            world.Say(machine.Name, $"cannot open: {e.Message}");
            machine.Die();
        }
        catch (Exception e)
        {
            world.Fail("opening", $"{machine.Name} could not be opened: {e.Message}");
        }
    }

    private void PlanDeath(Machine machine)
    {
        if (!world.Faults.CanHappen(Faults.Crash)) return;
        world.Timeline.After(world.Dice.Between(0, 400_000), machine, () =>
        {
            if (!world.Faults.AreOn) return;
            if (world.Dice.Chance(300)) world.Crash(machine);
            else PlanDeath(machine);
        });
    }

    private void PlanNewTime(Machine machine)
    {
        if (!world.Faults.CanHappen(Faults.Clocks)) return;
        world.Timeline.After(world.Dice.Between(0, 600_000), machine, () =>
        {
            if (!world.Faults.AreOn) return;
            machine.Clock.Offset = world.ClockOffset();
            PlanNewTime(machine);
        });
    }
}
