using System.Runtime.CompilerServices;
using Settle.Sites;

namespace Settle;

/// <summary>
/// What one block changed in the book, so that it can be taken back when another writer's block won
/// its height. Logs are undone newest first. Until its block is durable, readers see what the log
/// kept.
/// </summary>
/// <param name="slot">0 to 3; logs in use at the same time have different ones.</param>
internal sealed class UndoLog(int slot)
{
    private const int SlotBits = 2;

    private (int Number, Position Before)[] _positions = new (int, Position)[16];
    private int _positionCount;

    // The times that were clamped, and where they stood; null when the clock was left alone.
    private long[]? _timesBefore;
    private int _timesFrom;
    private OpenHold[] _endedBefore = [];

    public List<(int Number, AccountState Before)> Accounts { get; } = [];

    public List<OpenHold> HoldsOpened { get; } = [];

    public List<OpenHold> HoldsClosed { get; } = [];

    /// <summary>Whether the block changed what was known of times.</summary>
    public bool SetsClock => _timesBefore is not null;

    public ReadOnlySpan<(int Number, Position Before)> Positions =>
        _positions.AsSpan(0, _positionCount);

    // How much there was of everything that only grows.
    public int AccountsBefore { get; private set; }

    public int PositionsBefore { get; private set; }

    public int AssetsBefore { get; private set; }

    public int NotesBefore { get; private set; }

    public long HoldSequenceBefore { get; private set; }

    public long EntriesBefore { get; private set; }

    public int UsedAccountsBefore { get; private set; }

    public bool IsStrictBefore { get; set; }

    /// <summary>What a step of the clock had ended before.</summary>
    public ClockDoubt DoubtBefore { get; set; }

    public ClockCorrections ClockBefore { get; set; } = ClockCorrections.None;

    public SiteTable SitesBefore { get; set; } = SiteTable.Empty;

    /// <summary>How many blocks it spans: what a site reads of another comes at once.</summary>
    public int Blocks { get; set; }

    public void Start(
        int accounts, int positions, int assets, int notes, long holdSequence, long entries,
        int usedAccounts)
    {
        (AccountsBefore, PositionsBefore, AssetsBefore, NotesBefore) =
            (accounts, positions, assets, notes);
        (HoldSequenceBefore, EntriesBefore, UsedAccountsBefore) =
            (holdSequence, entries, usedAccounts);
        Clear();
    }

    /// <summary>Keeps a position as it was before its first change in this block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int number, ref Position position)
    {
        if (number >= PositionsBefore || Holds(number, position.KeptAt)) return;
        if (_positionCount == _positions.Length) Array.Resize(ref _positions, _positionCount * 2);
        _positions[_positionCount++] = (number, position);
        position.KeptAt = (_positionCount << SlotBits) | slot;
    }

    /// <summary>
    /// Whether <see cref="Position.KeptAt"/> leads to this log's value of the position.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(int number, int keptAt)
    {
        var index = (keptAt >> SlotBits) - 1;
        return (keptAt & ((1 << SlotBits) - 1)) == slot
            && (uint)index < (uint)_positionCount && _positions[index].Number == number;
    }

    public ref readonly Position Kept(int keptAt) =>
        ref _positions[(keptAt >> SlotBits) - 1].Before;

    /// <summary>Keeps the times from one block on, and the holds that a jump ended.</summary>
    public void KeepClock(List<long> times, int from, OpenHold[] ended) =>
        (_timesBefore, _timesFrom, _endedBefore) = ([.. times[from..]], from, ended);

    /// <summary>Gives back what <see cref="KeepClock"/> kept.</summary>
    public void RestoreClock(List<long> times, out OpenHold[] ended)
    {
        for (var i = 0; i < _timesBefore!.Length; i++) times[_timesFrom + i] = _timesBefore[i];
        ended = _endedBefore;
    }

    /// <summary>Forgets everything: the block is durable, or was taken back.</summary>
    public void Clear()
    {
        _positionCount = 0;
        Accounts.Clear();
        HoldsOpened.Clear();
        HoldsClosed.Clear();
        Blocks = 0;
        (_timesBefore, _endedBefore) = (null, []);
    }
}
