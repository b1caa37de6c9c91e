using Settle.Local;
using Settle.Stores;

namespace Settle.Simulation;

/// <summary>One process from its start to its end: the engine as it ships, on virtual
/// parts.</summary>
internal sealed class Machine
{
    private readonly Timeline _timeline;
    private readonly IPlace _place;
    private readonly Func<Machine, ISideDocuments>? _sideDocuments;
    private readonly MachineIndex? _index;

    public Machine(Timeline timeline, string name, IPlace place, long clockOffset,
        Func<Machine, ISideDocuments>? sideDocuments = null,
        Func<Machine, MachineIndex?>? index = null)
    {
        _sideDocuments = sideDocuments;
        (_timeline, Name, _place) = (timeline, name, place);
        _index = index?.Invoke(this);
        Clock = new MachineClock(timeline, this) { Offset = clockOffset };
    }

    public string Name { get; }

    /// <summary>A machine that is not alive does nothing any more.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>What happens after its death.</summary>
    public Action? Died { get; set; }

    public MachineClock Clock { get; }

    /// <summary>How far its clock was ahead when it opened the ledger, microseconds.</summary>
    public long OffsetAtStart { get; private set; }

    /// <summary>Null until it is open.</summary>
    public LocalLedger? Ledger { get; private set; }

    /// <summary>Whether it settles documents for as long as it lives, as servers do.</summary>
    public bool SettlesDocuments { get; init; }

    public async Task OpenAsync()
    {
        var store = await _place.OpenAsync(this).ConfigureAwait(false);
        var options = new LedgerOptions
        {
            Clock = Clock, Scheduler = new MachineScheduler(_timeline, this, _index?.Step),
            SideDocuments = _sideDocuments?.Invoke(this), SettlesDocuments = SettlesDocuments,
            IndexSizes = _index?.Sizes ?? new(),
        };
        var before = Clock.Offset;
        Ledger = await LocalLedger.OpenAsync("bank", store, _index?.Folder, options, default)
            .ConfigureAwait(false);
        // A clock that is set while a ledger is opened may agree with its chain by then.
        OffsetAtStart = long.Max(before, Clock.Offset);
    }

    public void Die()
    {
        if (!IsAlive) return;
        IsAlive = false;
        Died?.Invoke();
    }
}
