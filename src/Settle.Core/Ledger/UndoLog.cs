namespace Settle;

/// <summary>
/// What one block changed in the book, so that it can be taken back when another writer's block won its
/// height. Logs are undone newest first.
/// </summary>
internal sealed class UndoLog
{
    private (int Number, Position Before)[] _positions = new (int, Position)[256];
    private int _positionCount;

    public List<(int Number, AccountState Before)> Accounts { get; } = [];

    public List<OpenHold> HoldsOpened { get; } = [];

    public List<OpenHold> HoldsClosed { get; } = [];

    public ReadOnlySpan<(int Number, Position Before)> Positions => _positions.AsSpan(0, _positionCount);

    // How much there was of everything that only grows.
    public int AccountsBefore { get; private set; }

    public int PositionsBefore { get; private set; }

    public int AssetsBefore { get; private set; }

    public int NotesBefore { get; private set; }

    public long HoldSequenceBefore { get; private set; }

    public long EntriesBefore { get; private set; }

    public long TimeBefore { get; private set; }

    public void Start(int accounts, int positions, int assets, int notes, long holdSequence, long entries,
        long time)
    {
        (AccountsBefore, PositionsBefore, AssetsBefore, NotesBefore) = (accounts, positions, assets, notes);
        (HoldSequenceBefore, EntriesBefore, TimeBefore) = (holdSequence, entries, time);
        _positionCount = 0;
        Accounts.Clear();
        HoldsOpened.Clear();
        HoldsClosed.Clear();
    }

    public void Keep(int number, in Position before)
    {
        if (number >= PositionsBefore) return;
        if (_positionCount == _positions.Length) Array.Resize(ref _positions, _positionCount * 2);
        _positions[_positionCount++] = (number, before);
    }
}
